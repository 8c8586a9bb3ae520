import CYaml

/// What no settings file needs and a parser pays for: anchors and aliases, by which a kilobyte can spell a tree that no
/// machine holds, and lists within lists until the stack ends. Found in the stream of events, before any tree is made.
enum YAMLLimits {
    /// Bytes of a file; the largest we know, of thousands of label names, has a tenth of it.
    static let maxBytes = 16 << 20
    /// Mappings and lists within each other.
    static let maxDepth = 64

    /// - Throws: `SettingsError.syntax` at the first that is too much. What is no YAML is left to the parser to tell.
    static func check(_ yaml: String, file: String) throws(SettingsError) {
        if yaml.utf8.count > maxBytes {
            throw .syntax(.init(file: file, line: 1), reason: "more than \(maxBytes >> 20) MiB")
        }
        if let (line, reason) = Array(yaml.utf8).withUnsafeBufferPointer({ problem(in: $0) }) {
            throw .syntax(.init(file: file, line: line), reason: reason)
        }
    }

    private static func problem(in bytes: UnsafeBufferPointer<UInt8>) -> (line: Int, reason: String)? {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else { return nil }
        defer { yaml_parser_delete(&parser) }
        yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
        var depth = 0
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(&parser, &event) == 1 else { return nil }
            defer { yaml_event_delete(&event) }
            let line = Int(event.start_mark.line) + 1
            var anchor: UnsafeMutablePointer<yaml_char_t>?
            switch event.type {
            case YAML_STREAM_END_EVENT: return nil
            case YAML_ALIAS_EVENT: anchor = event.data.alias.anchor
            case YAML_SCALAR_EVENT: anchor = event.data.scalar.anchor
            case YAML_SEQUENCE_START_EVENT:
                anchor = event.data.sequence_start.anchor
                depth += 1
            case YAML_MAPPING_START_EVENT:
                anchor = event.data.mapping_start.anchor
                depth += 1
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: depth -= 1
            default: break
            }
            if anchor != nil { return (line, "anchors and aliases are not supported") }
            if depth > maxDepth {
                return (line, "more than \(maxDepth) lists and mappings within each other")
            }
        }
    }
}
