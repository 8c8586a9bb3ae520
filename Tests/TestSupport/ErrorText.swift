/// The words of the error that work ends in; empty where it ends in none.
public func errorText(_ work: () throws -> some Any) -> String {
    do {
        _ = try work()
        return ""
    } catch {
        return "\(error)"
    }
}
