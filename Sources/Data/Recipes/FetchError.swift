import Foundation
import SafeFiles

/// A recipe that could not be fetched, and why. Nothing half done is left where the files would be.
public struct FetchError: Error, Equatable, Sendable {
    public let recipe: String
    public let problem: FetchProblem

    public init(recipe: String, problem: FetchProblem) {
        self.recipe = recipe
        self.problem = problem
    }
}

/// What can go wrong while fetching. The reasons are the words of pip or of the system.
public enum FetchProblem: Error, Equatable, Sendable {
    case cancelled

    // Files that should be here already.
    case missingBesideRecipe(path: String)
    /// `--from` names a folder or archive without one of the files.
    case missingInSource(path: String, file: String)
    case wrongChecksum(what: String, expected: String, found: String)
    /// Another process is getting the same file.
    case busy(path: String)
    case file(FileError)

    // The package index.
    case noPip(package: String)
    case indexUnreachable(package: String, reason: String)
    case pipFailed(package: String, reason: String)

    // The web.
    case insecureAddress(URL)
    case insecureRedirect(from: URL, to: URL)
    case tooManyRedirects(URL)
    case unreachable(URL, reason: String)
    case timedOut(URL, seconds: Int)
    case httpStatus(URL, status: Int)
    /// The connection ended early; counts are bytes.
    case truncated(URL, expected: Int, found: Int)
    case tooLarge(URL, limit: Int)
    /// An answer that holds no file, such as a redirect that does not say where to, or nothing at all.
    case noFile(URL)
    /// A page for people where a data file should be.
    case webPage(URL)
    /// A file in a compression that was not asked for.
    case encoded(URL, encoding: String)
    /// What is no answer of a web server.
    case badAnswer(URL, found: String)
    /// More requests than the server takes, or more than it can serve; seconds until it will, where it says so.
    case busyServer(URL, status: Int, wait: Int?)

    // The Hugging Face hub.
    /// Nothing may be asked of it.
    case offline
    /// No such repository, or one that is not for everyone: the hub does not tell which.
    case refusedByHub(String, status: Int, hasToken: Bool)
    /// A repository whose owner lets people in one by one.
    case gated(String, hasToken: Bool)
    case noRevision(String, revision: String)
    /// A repository without the files that an encoder is made of; `weights` are those in forms that are not read.
    case noEncoder(weights: [String])
    /// A dataset's repository that does not give what was asked for.
    case dataset(HubDatasetProblem)
    /// What came has not the digest that the hub names: its SHA-256, or git's.
    case wrongDigest(what: String, expected: String, found: String)

    /// A file whose recipe names no SHA-256, and which is not the one that was fetched first; `note` keeps that one's.
    case changed(file: String, expected: String, found: String, note: String)
}

extension FetchProblem {
    /// Whether the hub answered that it has no such thing for who asks, or could not be asked.
    package var isUnknownName: Bool {
        switch self {
        case .offline, .refusedByHub, .noRevision: true
        default: false
        }
    }

    /// The problem that an error of any of the parts is.
    init(_ error: any Error) {
        switch error {
        case let problem as FetchProblem: self = problem
        case let error as FileError: self = .file(error)
        default: self = .file(.unreadable(path: "cache", reason: error.localizedDescription))
        }
    }
}
