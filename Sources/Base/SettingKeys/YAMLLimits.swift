import CYaml

/// What no settings file needs and a parser pays for: anchors and aliases, by which a kilobyte can spell a tree that no
/// machine holds, and lists within lists until the stack ends; and keys that stand twice, which the parser tells without
/// their line. Found in the stream of events, before any tree is made.
enum YAMLLimits {
    /// Bytes of a file; the largest we know, of thousands of label names, has a tenth of it.
    static let maxBytes = 16 << 20
    /// Mappings and lists within each other.
    static let maxDepth = 64

    /// - Throws: `SettingsError.syntax` at the first that is too much, `.repeatedKey` at a key that stands already. What is
    ///   no YAML is left to the parser to tell.
    static func check(_ yaml: String, file: String) throws(SettingsError) {
        if yaml.utf8.count > maxBytes {
            throw .syntax(.init(file: file, line: 1), reason: "more than \(maxBytes >> 20) MiB")
        }
        switch Array(yaml.utf8).withUnsafeBufferPointer({ problem(in: $0) }) {
        case nil: break
        case .tooMuch(let line, let reason)?: throw .syntax(.init(file: file, line: line), reason: reason)
        case .repeatedKey(let line, let key)?: throw .repeatedKey(.init(file: file, line: line), key: key)
        }
    }

    private enum Problem {
        case tooMuch(line: Int, reason: String)
        case repeatedKey(line: Int, key: String)
    }

    private static func problem(in bytes: UnsafeBufferPointer<UInt8>) -> Problem? {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else { return nil }
        defer { yaml_parser_delete(&parser) }
        yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
        var nesting = YAMLNesting()
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(&parser, &event) == 1 else { return nil }
            defer { yaml_event_delete(&event) }
            let line = Int(event.start_mark.line) + 1
            var anchor: UnsafeMutablePointer<yaml_char_t>?
            switch event.type {
            case YAML_STREAM_END_EVENT: return nil
            case YAML_ALIAS_EVENT: anchor = event.data.alias.anchor
            case YAML_SCALAR_EVENT:
                anchor = event.data.scalar.anchor
                let bytes = UnsafeBufferPointer(
                    start: event.data.scalar.value, count: Int(event.data.scalar.length))
                if let key = nesting.take(String(decoding: bytes, as: UTF8.self)) {
                    return .repeatedKey(line: line, key: key)
                }
            case YAML_SEQUENCE_START_EVENT:
                anchor = event.data.sequence_start.anchor
                nesting.open(isMapping: false)
            case YAML_MAPPING_START_EVENT:
                anchor = event.data.mapping_start.anchor
                nesting.open(isMapping: true)
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: nesting.close()
            default: break
            }
            if anchor != nil {
                return .tooMuch(line: line, reason: "anchors and aliases are not supported")
            }
            if nesting.depth > maxDepth {
                return .tooMuch(
                    line: line, reason: "more than \(maxDepth) lists and mappings within each other")
            }
        }
    }
}
