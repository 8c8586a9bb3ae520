import Experiments
import Labels
import Results

/// What a page shows, and who answers its questions.
public final class PageSite: Sendable {
    private let contents: PageContents
    private let turns = PageTurns()
    private let queue = ModelQueue()
    private let lesson: Lesson?

    /// - Parameter lesson: A lab that stands beside the run.
    public init(_ contents: PageContents, lesson: Lesson? = nil) {
        (self.contents, self.lesson) = (contents, lesson)
    }

    /// Runs the check of the lesson, and answers as JSON.
    /// - Throws: `PageRefusal`, and what says that it cannot be started.
    func check() async throws -> [UInt8] {
        guard let lesson else { throw PageRefusal.noSuchFile }
        return try StableJSON.line(try await lesson.check.run())
    }

    /// Answers a question as JSON.
    /// - Throws: `PageRefusal`.
    func answer(_ inquiry: PageInquiry, _ question: PageQuestion) async throws -> [UInt8] {
        guard contents.tasks.indices.contains(question.task) else {
            throw PageRefusal.badQuestion("there is no task \(question.task)")
        }
        let task = contents.tasks[question.task]
        turns.note(question)
        return try await queue { [turns] in
            let check = { try turns.check(question) }
            return switch inquiry {
            case .answers: try StableJSON.line(try Answers(of: task, to: question, before: check))
            case .explanations: try StableJSON.line(try Explanations(of: task, to: question, before: check))
            case .tryouts: try StableJSON.line(try Tryouts(of: task, to: question, before: check))
            }
        }
    }
}

extension PageSite {
    /// What the page is told before anything is asked, by the names that it has for it; nil for other names.
    func file(named name: String) throws -> PageFile? {
        if name == "site.json" { return PageFile(try StableJSON.line(description), type: PageFile.json) }
        guard let (_, number, ending) = name.wholeMatch(of: /stored\/([0-9]{1,4})\.(json|bin)/)?.output,
            let task = Int(number), contents.tasks.indices.contains(task),
            let stored = contents.tasks[task].stored
        else { return nil }
        return ending == "json"
            ? PageFile(stored.description, type: PageFile.json)
            : PageFile(stored.numbers, type: "application/octet-stream")
    }
}

/// What a page can ask about a sentence: the last part of the address that it asks at.
enum PageInquiry: String {
    case answers, explanations, tryouts
}

extension PageSite {
    /// What the page is told before anything is asked.
    struct Description: Encodable {
        struct Contestant: Encodable {
            let id: String
            /// Its family.
            let model: String
            let isProbabilistic: Bool
            /// From which probability on each label is given; none where the most probable label is.
            let thresholds: [Double]?
        }

        struct Task: Encodable {
            let name: String?
            let kind: LabelKind
            let labels: [String]
            let contestants: [Contestant]
            /// Whether there are stored predictions.
            let isStored: Bool
        }

        /// A lab beside the run.
        struct Lesson: Encodable {
            let title: String
            let blocks: [LessonBlock]
        }

        let title: String
        let tasks: [Task]
        let lesson: Lesson?
        let maxBytes: Int
        let edits: [SentenceEdit]
    }

    var description: Description {
        Description(
            title: contents.title,
            tasks: contents.tasks.map { task in
                .init(
                    name: task.name, kind: task.labelSpace.kind, labels: task.labelSpace.names,
                    contestants: task.contestants.map {
                        .init(
                            id: $0.id, model: $0.model.model, isProbabilistic: $0.model.isProbabilistic,
                            thresholds: $0.model.labelThresholds)
                    }, isStored: task.stored != nil)
            },
            lesson: lesson.map { .init(title: $0.title, blocks: $0.blocks) },
            maxBytes: PageQuestion.maxBytes, edits: SentenceEdit.allCases)
    }
}
