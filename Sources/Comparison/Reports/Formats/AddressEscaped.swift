import Foundation

/// The path of a file as the address of a link.
func addressEscaped(_ path: String) -> String {
    let plain = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./")
    return path.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
}
