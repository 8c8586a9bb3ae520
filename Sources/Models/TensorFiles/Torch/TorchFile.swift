import Foundation

/// A state dict as `torch.save` writes one since PyTorch 1.6: a zip archive of a pickle, which names tensors, and a member
/// for each storage. The pickle is read by `StateDictPickle`, and nothing in it is executed.
public final class TorchFile: TensorFile {
    public let path: String
    public let contents: TensorContents

    /// Opens the file and checks what it says of its tensors.
    public init(_ file: URL) throws(SafetensorsError) {
        path = file.path
        do {
            let plain = try PlainFile(file)
            contents = TensorContents(entries: try TorchFile.entries(of: plain), file: plain)
        } catch {
            throw .inFile(path: file.path, error)
        }
    }

    private static let longestPickle = 100_000_000

    private static func entries(of file: PlainFile) throws(SafetensorsError) -> [String: TensorEntry] {
        try refuseOlder(file)
        let members = try ZipDirectory(file).members
        // All members are in one folder, whose name says nothing.
        guard
            let pickle = members.first(where: {
                $0.name.hasSuffix("/data.pkl") && $0.name.split(separator: "/").count == 2
            })
        else {
            throw .badArchive(reason: "it has no data.pkl; expected what torch.save writes")
        }
        let folder = String(pickle.name.dropLast("data.pkl".count))
        var places: [String: Range<Int>] = [:]
        for member in members where member.name.hasPrefix(folder) {
            places[String(member.name.dropFirst(folder.count))] = member.bytes
        }
        if let order = places["byteorder"], order.count <= 16 {
            let name = String(decoding: try file.bytes(order), as: UTF8.self)
            if name != "little" {
                throw .badArchive(reason: "its bytes are in the order '\(name)', not little")
            }
        }
        guard pickle.bytes.count <= longestPickle else {
            throw .badArchive(reason: "data.pkl has \(pickle.bytes.count) bytes, more than \(longestPickle)")
        }
        var entries: [String: TensorEntry] = [:]
        for (name, tensor) in try StateDictPickle.tensors(try file.bytes(pickle.bytes)) {
            guard let place = places["data/\(tensor.storage.key)"] else {
                throw .badArchive(
                    reason: "tensor '\(name)' is in data/\(tensor.storage.key), which is not there")
            }
            entries[name] = try tensor.entry(named: name, storedAt: place)
        }
        return entries
    }

    /// Before zip archives, `torch.save` wrote pickles one after another.
    private static func refuseOlder(_ file: PlainFile) throws(SafetensorsError) {
        if try file.bytes(0..<min(4, file.size)) == [0x50, 0x4B, 0x03, 0x04] { return }
        throw .badArchive(
            reason: """
                it is no zip archive. If it is in the format of PyTorch before 1.6, which is not read, save it again, if \
                you trust it: python -c "import sys, torch; torch.save(torch.load(sys.argv[1], map_location='cpu', \
                weights_only=True), sys.argv[1])" FILE
                """)
    }
}

extension TorchTensor {
    /// Where the tensor stands in the file, checked against its storage.
    /// - Parameter place: The storage's bytes.
    fileprivate func entry(
        named name: String, storedAt place: Range<Int>
    ) throws(SafetensorsError) -> TensorEntry {
        let size = storage.type.size
        guard storage.count <= place.count / size else {
            throw .sizeMismatch(
                tensor: name, shape: [storage.count], found: place.count,
                expected: storage.count.multipliedReportingOverflow(by: size).partialValue)
        }
        var count = 1
        var span = 1
        for (side, stride) in zip(shape, strides) {
            let (product, overflow) = count.multipliedReportingOverflow(by: side)
            guard side >= 0, stride >= 0, !overflow else { throw .badShape(tensor: name, found: shape) }
            count = product
            if side == 0 { continue }
            let (reach, tooFar) = (side - 1).multipliedReportingOverflow(by: stride)
            let (sum, tooMuch) = span.addingReportingOverflow(reach)
            guard !tooFar, !tooMuch else { throw .badShape(tensor: name, found: shape) }
            span = sum
        }
        if count == 0 { span = 0 }
        // More elements than the storage has would be one element many times over, as `expand` makes it.
        guard offset >= 0, count <= storage.count, span <= storage.count, offset <= storage.count - span
        else {
            throw .badView(
                tensor: name, shape: shape, strides: strides, offset: offset, storage: storage.count)
        }
        let start = place.lowerBound + offset * size
        return TensorEntry(
            type: storage.type, shape: shape, bytes: start..<start + span * size,
            strides: isInOrder ? nil : strides)
    }

    /// Whether the elements stand row after row, without gaps.
    private var isInOrder: Bool {
        if shape.contains(0) { return true }
        var expected = 1
        for (side, stride) in zip(shape, strides).reversed() where side != 1 {
            if stride != expected { return false }
            expected *= side
        }
        return true
    }
}
