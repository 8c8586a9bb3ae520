/// What can go wrong with files as such. The reason is the system's own words.
public enum FileError: Error, Equatable, Sendable {
    case notFound(path: String)
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    /// A pipe whose reader has ended.
    case closedByReader(path: String)
    /// Something that the program did not make stands where it would write.
    case notOwn(path: String)
    /// A link in a folder where the program makes none, and through which it would write elsewhere.
    case link(path: String)
    /// Something else of the same name is there, and nobody said that it may go.
    case exists(path: String)
    /// Another process writes to the folder.
    case held(path: String, by: String)
    /// Others took this process, which slept for long, for dead, and may write to the folder.
    case lost(path: String)
    case checksumMismatch(path: String, expected: String, found: String)
    /// A file of ours that is not as it was written.
    case damaged(path: String)
    /// A file that is there both as it is and packed.
    case bothForms(path: String, packed: String)
    /// An archive that is damaged or of no known format.
    case badArchive(path: String, reason: String)
    /// An archive entry that would be written outside the folder it is unpacked to, or that is not a plain file.
    case unsafeArchiveEntry(path: String, entry: String)
    /// An archive that unpacks to more than is sensible; `limit` is worded, with its unit.
    case archiveTooLarge(path: String, limit: String)
    case missingArchiveMember(path: String, member: String)
}

extension FileError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notFound(let path):
            "\(path): no such file"
        case .unreadable(let path, let reason):
            "\(path): cannot be read: \(reason)"
        case .unwritable(let path, let reason):
            "\(path): cannot be written: \(reason)"
        case .closedByReader(let path):
            "\(path): cannot be written: nobody reads it any more"
        case .notOwn(let path):
            "\(path): is there already and was not made by bakeoff, so it is not replaced; move it away, or name another "
                + "folder with --output or --models"
        case .link(let path):
            "\(path): is a link, and nothing is written through a link out of a run's folders; replace it by what it leads to"
        case .exists(let path):
            "\(path): is there already, with other content; --force replaces it"
        case .held(let path, let holder):
            "\(path): \(holder) is using this folder; wait until it is done, or name another folder"
        case .lost(let path):
            "\(path): this process slept for so long that others took it for dead; it writes nothing more there. The same "
                + "command goes on where the work was"
        case .checksumMismatch(let path, let expected, let found):
            "\(path): SHA-256 is \(found), expected \(expected)"
        case .damaged(let path):
            "\(path): is damaged: its SHA-256 is not the one with which it was written; `--force` begins anew"
        case .bothForms(let path, let packed):
            "\(path): is there, and so is \(packed), which should hold the same; remove one of them"
        case .badArchive(let path, let reason):
            "\(path): not a readable archive: \(reason)"
        case .unsafeArchiveEntry(let path, let entry):
            "\(path): entry '\(entry)' would be written outside its folder or is not a plain file; nothing was unpacked"
        case .archiveTooLarge(let path, let limit):
            "\(path): unpacks to more than \(limit); nothing was unpacked"
        case .missingArchiveMember(let path, let member):
            "\(path): holds no file '\(member)'"
        }
    }
}
