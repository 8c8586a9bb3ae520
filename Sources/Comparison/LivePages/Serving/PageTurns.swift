import Synchronization

/// The newest question of each page that asks, so that older ones can be given up.
final class PageTurns: Sendable {
    private let newest = Mutex<[String: Int]>([:])
    /// Pages that are remembered; a page that was forgotten begins anew.
    private static let maxPages = 256

    /// Notes a question, before anything is done for it.
    func note(_ question: PageQuestion) {
        newest.withLock { newest in
            if newest[question.page] == nil, newest.count >= PageTurns.maxPages { newest.removeAll() }
            newest[question.page] = max(question.number, newest[question.page] ?? question.number)
        }
    }

    /// - Throws: `PageRefusal.overtaken` where the same page asked something newer.
    func check(_ question: PageQuestion) throws(PageRefusal) {
        if newest.withLock({ $0[question.page] ?? question.number }) > question.number { throw .overtaken }
    }
}
