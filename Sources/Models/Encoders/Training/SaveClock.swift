/// When a checkpoint is due between evaluations: so seldom that writing takes little of the time.
struct SaveClock {
    private static let shortestInterval = Duration.seconds(60)
    /// How many times as long as a checkpoint takes the training goes on without.
    private static let shareOfTime = 30

    private var last = ContinuousClock.now
    private var interval = SaveClock.shortestInterval

    var isDue: Bool { last.duration(to: .now) > interval }

    mutating func measure(_ save: () throws -> Void) rethrows {
        let start = ContinuousClock.now
        try save()
        last = .now
        interval = max(SaveClock.shortestInterval, start.duration(to: last) * SaveClock.shareOfTime)
    }
}
