/// Why a request is not answered, as its sender is told.
struct PageRefusal: Error, Equatable {
    /// Of HTTP.
    let status: Int
    let reason: String

    private init(_ status: Int, _ reason: String) {
        (self.status, self.reason) = (status, reason)
    }

    /// A request that a page from elsewhere had a browser send, or one to a name that is not ours.
    static func foreign(_ header: String, _ value: String?) -> PageRefusal {
        PageRefusal(
            403, "\(header) is \(value.map { "'\($0)'" } ?? "missing"), which is not this page's address")
    }

    static let noToken = PageRefusal(
        403, "This address lacks the token of the page: take the whole address that bakeoff serve printed.")
    static let noSuchFile = PageRefusal(404, "There is no such page here.")
    static let noJSON = PageRefusal(415, "A question has the content type application/json.")
    static let tooLong = PageRefusal(
        413, "A sentence may have at most \(PageQuestion.maxBytes) bytes of UTF-8.")
    static let overtaken = PageRefusal(409, "A newer question of the same page overtook this one.")

    static let isChecking = PageRefusal(409, "The check runs already; wait until it has ended.")

    static func badMethod(allowed: String) -> PageRefusal {
        PageRefusal(405, "This address answers \(allowed) alone.")
    }

    static func badQuestion(_ reason: String) -> PageRefusal {
        PageRefusal(400, "This is no question of the page: \(reason)")
    }
}
