import Experiments

/// What becomes of each contestant's answer when one thing of a sentence is changed.
struct Tryouts: Encodable {
    /// One change.
    struct Row: Encodable {
        /// The word that is left out, where that is the change.
        var dropped: String?
        var edit: SentenceEdit?
        let text: String
        /// Nil for a contestant whose model failed.
        var contestants: [Outcome?] = []
    }

    /// A contestant's answer after a change.
    struct Outcome: Encodable {
        let labels: [String]
        /// Whether these are other labels than before.
        let flips: Bool
        /// What was added to the probability of the label that was the most probable one.
        let change: Double

        init(of said: Said, before: Said) {
            labels = said.labels
            flips = said.labels != before.labels
            let top = before.probabilities.indices.reduce(0) {
                before.probabilities[$1] > before.probabilities[$0] ? $1 : $0
            }
            change = said.probabilities[top] - before.probabilities[top]
        }
    }

    /// Each contestant's name, in the order of the outcomes of a row.
    let contestants: [String]
    let rows: [Row]
    /// Words behind the last that was left out.
    let untried: Int

    /// Words that are left out one by one.
    private static let maxWords = 60

    /// - Parameter check: Called before each contestant is asked, to give up.
    init(of task: PageTask, to question: PageQuestion, before check: () throws -> Void) throws {
        let sentence = Sentence(question.asked)
        var rows = SentenceEdit.allCases.map { Row(edit: $0, text: sentence.edited(dropping: [], [$0])) }
        rows += sentence.words.indices.prefix(Tryouts.maxWords).map {
            Row(dropped: sentence.words[$0], text: sentence.edited(dropping: [$0], []))
        }
        let asked = sentence.words.joined(separator: " ")
        rows.removeAll { $0.text == asked }
        for contestant in task.contestants {
            try check()
            let said = try? contestant.model.predict([sentence.text] + rows.map(\.text)).map(Said.init)
            for row in rows.indices {
                rows[row].contestants.append(said.map { Outcome(of: $0[row + 1], before: $0[0]) })
            }
        }
        contestants = task.contestants.map(\.id)
        untried = max(0, sentence.words.count - Tryouts.maxWords)
        self.rows = rows
    }
}
