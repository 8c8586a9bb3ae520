import Recipes

/// What is answered to who asks for it by name.
struct PageFile: Sendable {
    let bytes: [UInt8]
    /// For `Content-Type`.
    let type: String

    static let json = "application/json"

    init(_ bytes: [UInt8], type: String) {
        (self.bytes, self.type) = (bytes, type)
    }

    /// The page's files, which stand in `Page` beside the sources of this module.
    private static let folder = BundledFolder("Sources/Comparison/LivePages/Page")
    /// The one that an address without a file's name means.
    private static let first = "page.html"

    /// A file of the page as the program carries it; nil where there is none of that name.
    init?(carriedAs name: String) {
        let name = name.isEmpty ? PageFile.first : name
        guard let bytes = PageFile.folder.bytes(of: name), let type = PageFile.type(of: name) else {
            return nil
        }
        (self.bytes, self.type) = (bytes, type)
    }

    private static func type(of name: String) -> String? {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "svg": "image/svg+xml"
        default: nil
        }
    }
}
