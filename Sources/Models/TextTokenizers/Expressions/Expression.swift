/// A regular expression, compiled. It backtracks as Perl's do, and so finds what they find; but it remembers at which
/// branch and place it has failed, so no text takes more steps than branches times places.
package struct Expression: Sendable, Equatable {
    private enum Step: Sendable, Equatable {
        /// One code point of the set.
        case set(Int)
        /// Goes on at `first`, and if that fails at `second`; `slot` numbers the branch.
        case branch(first: Int, second: Int, slot: Int)
        case jump(Int)
        /// Whether the steps from the next one up to their `match` match here decides whether it goes on, at `end`.
        case lookahead(end: Int, isNegative: Bool)
        /// Goes on at `end` behind what the steps from the next one match first.
        case atomic(end: Int)
        case lineStart, lineEnd, textStart, textEnd
        case match
    }

    /// Work space that is used again from search to search.
    package struct Memory: Sendable {
        fileprivate var stack: [(step: Int, position: Int)] = []
        /// For each branch and place, the run that came by last. Shape: [slots, places].
        fileprivate var seen: [UInt32] = []
        fileprivate var run: UInt32 = 0

        package init() {}

        fileprivate mutating func begin(_ count: Int) {
            if seen.count < count { seen.append(contentsOf: repeatElement(0, count: count - seen.count)) }
            if run > .max / 2 {
                run = 0
                for i in seen.indices { seen[i] = 0 }
            }
        }
    }

    private var steps: [Step] = []
    private var sets: [ScalarSet] = []
    private var slots = 0
    /// Parts compiled, those without steps too.
    private var parts = 0

    /// Longer programs are refused, so that no file can take all memory.
    private static let maximumSteps = 20_000

    package init(_ text: String) throws(ExpressionFailure) {
        try compile(ExpressionParser.parse(text))
        steps.append(.match)
    }

    // MARK: Compiling

    private mutating func compile(_ syntax: ExpressionSyntax) throws(ExpressionFailure) {
        parts += 1
        if parts > Self.maximumSteps {
            throw ExpressionFailure(reason: "too many repetitions, which is not supported")
        }
        switch syntax {
        case .empty: break
        case .set(let set):
            steps.append(.set(sets.count))
            sets.append(set.finished())
        case .sequence(let items): for item in items { try compile(item) }
        case .alternatives(let choices): try compileChoices(choices)
        case .repeated(let item, let min, let max, let repetition):
            if repetition == .possessive {
                return try compile(.atomic(.repeated(item, min: min, max: max, .greedy)))
            }
            for _ in 0..<min { try compile(item) }
            if let max {
                try compileOptional(item, count: max - min, isLazy: repetition == .lazy)
            } else {
                let loop = branch()
                try compile(item)
                steps.append(.jump(loop))
                setBranch(loop, to: steps.count, isLazy: repetition == .lazy)
            }
        case .lookahead(let item, let isNegative):
            let place = steps.count
            steps.append(.match)
            try compile(item)
            steps.append(.match)
            steps[place] = .lookahead(end: steps.count, isNegative: isNegative)
        case .atomic(let item):
            let place = steps.count
            steps.append(.match)
            try compile(item)
            steps.append(.match)
            steps[place] = .atomic(end: steps.count)
        case .lineStart: steps.append(.lineStart)
        case .lineEnd: steps.append(.lineEnd)
        case .textStart: steps.append(.textStart)
        case .textEnd: steps.append(.textEnd)
        }
    }

    /// A branch whose second way is not known yet.
    private mutating func branch() -> Int {
        steps.append(.branch(first: steps.count + 1, second: -1, slot: slots))
        slots += 1
        return steps.count - 1
    }

    private mutating func setBranch(_ place: Int, to other: Int, isLazy: Bool = false) {
        guard case .branch(let first, _, let slot) = steps[place] else { return }
        steps[place] =
            isLazy
            ? .branch(first: other, second: first, slot: slot)
            : .branch(first: first, second: other, slot: slot)
    }

    private mutating func compileChoices(_ choices: [ExpressionSyntax]) throws(ExpressionFailure) {
        var ends: [Int] = []
        for choice in choices.dropLast() {
            let place = branch()
            try compile(choice)
            ends.append(steps.count)
            steps.append(.match)
            setBranch(place, to: steps.count)
        }
        if let last = choices.last { try compile(last) }
        for end in ends { steps[end] = .jump(steps.count) }
    }

    private mutating func compileOptional(
        _ item: ExpressionSyntax, count: Int, isLazy: Bool
    ) throws(ExpressionFailure) {
        var places: [Int] = []
        for _ in 0..<count {
            places.append(branch())
            try compile(item)
        }
        for place in places { setBranch(place, to: steps.count, isLazy: isLazy) }
    }

    // MARK: Searching

    /// The first match in `bytes[range]` that begins at `start` or later.
    package func firstMatch(
        _ bytes: [UInt8], _ range: Range<Int>, from start: Int, _ memory: inout Memory
    ) -> Range<Int>? {
        var start = start
        while start <= range.upperBound {
            // Where a match begins with a code point of a set, most places are none of its beginnings.
            if case .set(let index) = steps[0] {
                if start == range.upperBound { return nil }
                let (scalar, next) = UTF8Bytes.scalar(in: bytes, at: start, end: range.upperBound)
                if !sets[index].contains(scalar) {
                    start = next
                    continue
                }
            }
            memory.begin(slots * (range.count + 1))
            if let end = run(0, at: start, bytes, range, &memory) { return start..<end }
            if start == range.upperBound { return nil }
            start = UTF8Bytes.scalar(in: bytes, at: start, end: range.upperBound).next
        }
        return nil
    }

    /// Where the match that begins at `start` ends.
    private func run(
        _ first: Int, at start: Int, _ bytes: [UInt8], _ range: Range<Int>, _ memory: inout Memory
    ) -> Int? {
        memory.run += 1
        let run = memory.run
        let bottom = memory.stack.count
        defer { memory.stack.removeLast(memory.stack.count - bottom) }
        let places = range.count + 1
        memory.stack.append((first, start))
        while memory.stack.count > bottom {
            var (step, position) = memory.stack.removeLast()
            way: while true {
                switch steps[step] {
                case .set(let index):
                    guard position < range.upperBound else { break way }
                    let (scalar, next) = UTF8Bytes.scalar(in: bytes, at: position, end: range.upperBound)
                    guard sets[index].contains(scalar) else { break way }
                    position = next
                    step += 1
                case .branch(let first, let second, let slot):
                    let place = slot * places + position - range.lowerBound
                    if memory.seen[place] == run { break way }
                    memory.seen[place] = run
                    memory.stack.append((second, position))
                    step = first
                case .jump(let target): step = target
                case .lookahead(let end, let isNegative):
                    let isFound = self.run(step + 1, at: position, bytes, range, &memory) != nil
                    if isFound == isNegative { break way }
                    step = end
                case .atomic(let end):
                    guard let next = self.run(step + 1, at: position, bytes, range, &memory) else {
                        break way
                    }
                    position = next
                    step = end
                case .lineStart:
                    guard position == range.lowerBound || bytes[position - 1] == 0x0A else { break way }
                    step += 1
                case .lineEnd:
                    guard position == range.upperBound || bytes[position] == 0x0A else { break way }
                    step += 1
                case .textStart:
                    guard position == range.lowerBound else { break way }
                    step += 1
                case .textEnd:
                    guard position == range.upperBound else { break way }
                    step += 1
                case .match: return position
                }
            }
        }
        return nil
    }
}
