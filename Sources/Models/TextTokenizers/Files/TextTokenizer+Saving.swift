import Foundation

extension TextTokenizer {
    /// Writes the files from which `transformers`, and `init(folder:)`, make this tokenizer again.
    public func save(to folder: URL) throws(TokenizerError) {
        for (name, bytes) in files() {
            let file = folder.appendingPathComponent(name)
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data(bytes).write(to: file, options: .atomic)
            } catch {
                throw .unwritable(file: file.path, reason: error.localizedDescription)
            }
        }
    }

    /// The files that `save` writes, by name; for a caller that writes a whole checkpoint at once.
    /// - Parameters:
    ///   - className: The class of `transformers` that reads a BERT tokenizer: one that gives what the model takes. Of any
    ///     other the files keep the one that they name.
    ///   - maxLength: The most tokens of a text; by default what the files said.
    public func files(
        className: String = "BertTokenizer", maxLength: Int? = nil
    ) -> [(name: String, bytes: [UInt8])] {
        let limit = maxLength ?? self.maxLength
        switch origin {
        case .bert(let configuration, let ids):
            return BertFileWriter(configuration: configuration, ids: ids)
                .files(className: className, limit: limit).map { ($0.name, Array($0.text.utf8)) }
        case .files(let files): return files.written(limit: limit)
        }
    }
}

extension TokenizerFiles {
    /// The files of a tokenizer as they were read, but for the most tokens of a text.
    fileprivate func written(limit: Int?) -> [(name: String, bytes: [UInt8])] {
        var out: [(name: String, bytes: [UInt8])] = []
        for name in Name.allCases where name != .model && name != .configuration {
            if let bytes = contents[name] { out.append((name.rawValue, bytes)) }
        }
        var members: [JSONValue.Member] = []
        if let bytes = contents[.configuration], case .object(let read)? = try? JSONReader.read(bytes) {
            members = read
        } else if contents[.tokenizer] != nil {
            members = [JSONValue.Member(key: "tokenizer_class", value: .string("PreTrainedTokenizerFast"))]
        }
        if let limit {
            members.removeAll { $0.key == "model_max_length" }
            members.append(JSONValue.Member(key: "model_max_length", value: .integer(limit)))
        }
        let text = JSONValue.object(members).text + "\n"
        out.append((Name.configuration.rawValue, Array(text.utf8)))
        return out
    }
}
