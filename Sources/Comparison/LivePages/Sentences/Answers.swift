import Experiments

/// What each contestant says of a sentence.
struct Answers: Encodable {
    struct Answer: Encodable {
        let id: String
        /// Nil where the model failed.
        var said: Said?
        /// What it says of the sentence as it was typed, where something was done to it.
        var typed: Said?
        /// Why it says nothing.
        var problem: String?
    }

    let words: [String]
    /// The sentence with what was done to it.
    let asked: String
    let contestants: [Answer]
    /// Contestants that say the same, the most first.
    let groups: [Agreement]

    /// - Parameter check: Called before each contestant is asked, to give up.
    init(of task: PageTask, to question: PageQuestion, before check: () throws -> Void) throws {
        let sentence = Sentence(question.text)
        let asked = question.asked
        let texts = asked == sentence.text ? [asked] : [asked, sentence.text]
        let contestants = try task.contestants.map { contestant in
            try check()
            var answer = Answer(id: contestant.id)
            do {
                let said = try contestant.model.predict(texts).map(Said.init)
                answer.said = said[0]
                answer.typed = said.count > 1 ? said[1] : nil
            } catch {
                answer.problem = "\(error)"
            }
            return answer
        }
        (words, self.asked, self.contestants) = (sentence.words, asked, contestants)
        groups = Agreement.all(contestants)
    }
}

/// The labels that a contestant gives a sentence, and the probabilities of all, in the order of the label space.
struct Said: Encodable, Equatable {
    let labels: [String]
    let probabilities: [Double]

    init(_ prediction: TextPrediction) {
        labels = prediction.predicted
        probabilities = prediction.probabilities.map(\.probability)
    }
}

/// Contestants that give a sentence the same labels.
struct Agreement: Encodable, Equatable {
    let labels: [String]
    var contestants: [String]

    /// The largest first; of equals, the one whose first contestant comes first.
    static func all(_ answers: [Answers.Answer]) -> [Agreement] {
        var groups: [Agreement] = []
        for answer in answers {
            guard let labels = answer.said?.labels else { continue }
            if let place = groups.firstIndex(where: { $0.labels == labels }) {
                groups[place].contestants.append(answer.id)
            } else {
                groups.append(Agreement(labels: labels, contestants: [answer.id]))
            }
        }
        return groups.enumerated()
            .sorted {
                (-$0.element.contestants.count, $0.offset) < (-$1.element.contestants.count, $1.offset)
            }
            .map(\.element)
    }
}
