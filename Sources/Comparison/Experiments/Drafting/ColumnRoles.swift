import Corpora
import Foundation
import Results
import SettingKeys

/// Which columns of a surveyed table are its texts, labels, ids and groups.
///
/// A role that the options do not give goes to the column that plainly has it, by what it holds and what it is called;
/// where two columns could as well have it, nobody but the user can say.
package struct ColumnRoles {
    package private(set) var text: [String] = []
    package private(set) var label: String?
    /// Columns of 0 and 1, a label each, instead.
    package private(set) var labelColumns: [String] = []
    package private(set) var id: String?
    /// A column whose values suggest that their rows belong together.
    package private(set) var group: ColumnSurvey?
    package private(set) var dates: ColumnSurvey?
    /// A column that names parts of a split.
    package private(set) var parts: ColumnSurvey?
    /// What was decided, a sentence each.
    package private(set) var decisions: [String] = []

    private let path: String
    private let columns: [ColumnSurvey]

    /// - Throws: `Undecided`.
    package init(
        of survey: TableSurvey, path: String, isSamePartition: (String, String) throws -> Bool
    ) throws {
        self.path = path
        columns = survey.columns
        let given = survey.options
        label = given.label
        labelColumns = given.labelColumns
        text = given.text
        id = given.id
        // Labels first where they are told: a text is then no candidate any more.
        if id == nil { decideID() }
        if text.isEmpty { try decideText() }
        if label == nil, labelColumns.isEmpty { try decideLabel(isSamePartition) }
        decideRest(given)
    }

    /// A column's name as names are compared: in lower case, without spaces, `-` and `_`.
    private static func plain(_ name: String) -> String {
        let last = name.split(separator: ".").last.map(String.init) ?? name
        return last.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    private func isNamed(_ column: ColumnSurvey, _ names: Set<String>) -> Bool {
        names.contains(ColumnRoles.plain(column.name))
    }

    // MARK: Ids

    private static let idNames: Set = [
        "id", "ids", "uid", "uuid", "guid", "rowid", "index", "key", "tweetid", "commentid", "reviewid",
        "postid",
        "messageid", "docid", "documentid", "sampleid", "exampleid", "textid", "ticketid", "passengerid",
        "idx",
    ]

    private mutating func decideID() {
        let named = columns.filter { isNamed($0, ColumnRoles.idNames) && !$0.isLists && $0.meanWords < 1.5 }
        guard let column = named.first(where: \.isUnique) else {
            for column in named.prefix(1) {
                decisions.append(
                    "Column '\(column.name)' is no id: its values are "
                        + (column.missing > 0 ? "missing in \(column.missing) rows" : "not unique")
                        + ". Rows are numbered instead.")
            }
            return
        }
        id = column.name
        decisions.append("The ids of rows are column '\(column.name)', whose values are unique.")
    }

    // MARK: Texts

    private static let textNames: Set = [
        "text", "texts", "sentence", "tweet", "review", "reviewtext", "comment", "commenttext", "message",
        "body", "content",
        "utterance", "document", "question", "headline", "abstract", "narrative", "description", "post",
        "article", "sms",
        "title", "subject", "summary", "query", "statement", "phrase", "feedback", "note", "transcript",
    ]
    private static let titleNames: Set = [
        "title", "subject", "headline", "heading", "betreff", "reviewtitle", "summary",
    ]
    private static let bodyNames: Set = [
        "body", "text", "content", "message", "description", "review", "reviewtext", "comment", "article",
        "abstract", "post",
        "question", "nachricht",
    ]

    private mutating func decideText() throws {
        var candidates = columns.filter { column in
            column.name != label && column.name != id && !labelColumns.contains(column.name) && column.isText
        }
        if candidates.isEmpty {
            // Short texts: what is called so, or the only column of words that is no class.
            let words = columns.filter { column in
                column.name != label && column.name != id && !labelColumns.contains(column.name)
                    && !column.isNumeric && !column.isDates && !column.isLists && column.filled > 0
            }
            candidates = words.filter { isNamed($0, ColumnRoles.textNames) }
            if candidates.isEmpty { candidates = words.filter { !$0.isCategory && !$0.isIndicator } }
        }
        let question = "which column holds the texts cannot be told"
        guard let first = candidates.first else {
            throw Undecided(
                file: path, question: "\(question): none holds words of its own in most rows; say which:",
                readings: ColumnRoles.readings(columns, "--text", ColumnRoles.words))
        }
        if candidates.count == 1 { return choose([first], "the only one that holds texts of their own") }
        if let pair = titleAndBody(candidates) {
            return choose(pair, "a title and the text under it, joined by a space")
        }
        let named = candidates.filter { ColumnRoles.plain($0.name) == "text" }
        if named.count == 1 { return choose(named, "called so; \(others(candidates, but: named[0])) too") }
        let longest = candidates.sorted { $0.meanCharacters > $1.meanCharacters }
        if longest[0].meanCharacters >= 4 * longest[1].meanCharacters {
            return choose([longest[0]], "by far the longest; \(others(candidates, but: longest[0])) too")
        }
        throw Undecided(
            file: path,
            question:
                "\(question): \(candidates.count) columns hold some; say which, or several to be joined:",
            readings: ColumnRoles.readings(candidates, "--text", ColumnRoles.words)
                + ["--text COLUMN --text OTHER: both, joined"])
    }

    private mutating func choose(_ columns: [ColumnSurvey], _ reason: String) {
        text = columns.map(\.name)
        let names = columns.map { "'\($0.name)'" }.joined(separator: " and ")
        decisions.append("The texts are column\(columns.count > 1 ? "s" : "") \(names): \(reason).")
    }

    private func titleAndBody(_ candidates: [ColumnSurvey]) -> [ColumnSurvey]? {
        guard candidates.count == 2 else { return nil }
        for (title, body) in [(candidates[0], candidates[1]), (candidates[1], candidates[0])]
        where isNamed(title, ColumnRoles.titleNames) && isNamed(body, ColumnRoles.bodyNames) {
            // A column that is called text is the text, with or without a title.
            return ColumnRoles.plain(body.name) == "text" ? nil : [title, body]
        }
        return nil
    }

    private func others(_ candidates: [ColumnSurvey], but chosen: ColumnSurvey) -> String {
        let names = candidates.filter { $0.name != chosen.name }.map { "'\($0.name)'" }
        return names.joined(separator: ", ") + (names.count == 1 ? " holds texts" : " hold texts")
    }

    private static func words(of column: ColumnSurvey) -> String {
        String(
            format: "%.1f words a row, %d different in %d rows", column.meanWords, column.distinct,
            column.filled)
    }

    // MARK: Labels

    /// What labels are called before anything else, and after that.
    private static let labelNames: [Set<String>] = [
        [
            "label", "labels", "class", "classes", "category", "categories", "target", "y", "gold",
            "goldlabel",
        ],
        [
            "sentiment", "emotion", "emotions", "topic", "topics", "tag", "tags", "intent", "polarity",
            "spam", "toxic", "stance",
            "genre", "rating", "stars", "score", "type", "priority", "department", "queue", "labeltext",
            "labelname", "kategorie",
            "klasse", "annotation", "v1", "airlinesentiment", "sentimentlabel",
        ],
    ]

    private mutating func decideLabel(_ isSamePartition: (String, String) throws -> Bool) throws {
        let free = columns.filter { !text.contains($0.name) && $0.name != id && $0.filled > 0 }
        let indicators = free.filter(\.isIndicator)
        let classes = free.filter { ($0.isCategory || $0.isLists) && !$0.isIndicator && !isPartColumn($0) }
        for names in ColumnRoles.labelNames {
            let named = free.filter { isNamed($0, names) && !isPartColumn($0) }
            if named.isEmpty { continue }
            if named.count == 1 {
                // The hub's tables have the numbers of classes beside a column of their names.
                for other in classes where named[0].isNumeric && !other.isNumeric {
                    if let same = try oneOfThem([named[0], other], isSamePartition) {
                        return try choose(label: same.column, same.reason)
                    }
                }
                return try choose(label: named[0], "called so")
            }
            if let same = try oneOfThem(named, isSamePartition) {
                return try choose(label: same.column, same.reason)
            }
            throw undecidedLabel(named)
        }
        // Of columns without such a name, one by what it holds.
        if classes.isEmpty, indicators.count > 1 {
            labelColumns = indicators.map(\.name)
            let names = indicators.prefix(12).map { "'\($0.name)'" }.joined(separator: ", ")
            decisions.append(
                "The labels are the \(indicators.count) columns that hold 0 and 1 alone, one a label: \(names)"
                    + (indicators.count > 12 ? ", ..." : "") + ".")
            return
        }
        let candidates = classes + (classes.isEmpty ? indicators : [])
        if candidates.count == 1, indicators.isEmpty || classes.isEmpty {
            return try choose(label: candidates[0], "the only one with few different values")
        }
        if let same = try oneOfThem(classes, isSamePartition), indicators.isEmpty {
            return try choose(label: same.column, same.reason)
        }
        throw undecidedLabel(classes + indicators)
    }

    /// The column of names, where the columns say the same in names and in numbers.
    private func oneOfThem(
        _ candidates: [ColumnSurvey], _ isSamePartition: (String, String) throws -> Bool
    ) throws -> (column: ColumnSurvey, reason: String)? {
        guard candidates.count == 2 else { return nil }
        let named = candidates.filter { !$0.isNumeric }
        guard named.count == 1, try isSamePartition(candidates[0].name, candidates[1].name) else {
            return nil
        }
        let other = candidates.first { $0.isNumeric }?.name ?? ""
        return (named[0], "the names of what '\(other)' has the numbers of")
    }

    private func isPartColumn(_ column: ColumnSurvey) -> Bool {
        let values = Set((column.counts ?? [:]).keys.map { $0.lowercased() })
        return values.count > 1
            && values.isSubset(of: [
                "train", "training", "test", "testing", "dev", "val", "valid", "validation",
            ])
    }

    private mutating func choose(label column: ColumnSurvey, _ reason: String) throws {
        if column.isDates || column.distinct < 2
            || !column.isLists && column.distinct > 20 && column.isNumeric
        {
            let readings = ColumnRoles.readings(
                columns.filter { $0.isCategory || $0.isIndicator }, "--label", ColumnRoles.classes)
            throw Undecided(
                file: path,
                question:
                    "column '\(shown(column.name))' is \(reason == "called so" ? "called like" : "the best candidate for") the labels, but "
                    + (column.distinct < 2
                        ? "has one value alone"
                        : "has \(column.distinct) different \(column.isDates ? "dates" : "numbers")")
                    + "; say which column it is, or make classes of numbers by 'labels: {bins: ...}' in an experiment file"
                    + (readings.isEmpty ? "" : ":"),
                readings: readings)
        }
        label = column.name
        decisions.append("The labels are column '\(column.name)': \(reason).")
    }

    private func undecidedLabel(_ candidates: [ColumnSurvey]) -> Undecided {
        if candidates.isEmpty {
            return Undecided(
                file: path,
                question:
                    "which column holds the labels cannot be told: none has few different values; say which:",
                readings: ColumnRoles.readings(
                    columns.filter { !text.contains($0.name) }, "--label", ColumnRoles.classes))
        }
        var readings = ColumnRoles.readings(candidates, "--label", ColumnRoles.classes)
        if candidates.count(where: \.isIndicator) > 1 {
            readings.append(
                "--label-columns COLUMN OTHER ...: columns of 0 and 1, of which a row may have any")
        }
        return Undecided(
            file: path,
            question: "which column holds the labels cannot be told: \(candidates.count) could; say which:",
            readings: readings)
    }

    private static func classes(of column: ColumnSurvey) -> String { "\(column.distinct) different values" }

    /// An option for each column, as many as errors may name.
    private static func readings(
        _ columns: [ColumnSurvey], _ option: String, _ words: (ColumnSurvey) -> String
    ) -> [String] {
        var left = 150
        var readings: [String] = []
        for column in columns {
            let name = shown(column.name)
            left -= name.count
            if left < 0, !readings.isEmpty { return readings + ["... (\(columns.count) columns in all)"] }
            readings.append("\(option) '\(name)': \(words(column))")
        }
        return readings
    }

    // MARK: What else

    private static let groupNames: Set = [
        "user", "userid", "username", "author", "authorid", "authorname", "speaker", "patient", "patientid",
        "customer",
        "customerid", "thread", "threadid", "conversation", "conversationid", "session", "sessionid", "group",
        "groupid",
        "source", "domain", "subreddit", "account", "productid", "product", "hotel", "site", "bookid",
        "movieid", "annotator",
    ]

    private mutating func decideRest(_ given: DatasetOptions) {
        let free = columns.filter {
            !text.contains($0.name) && $0.name != id && $0.name != label && !labelColumns.contains($0.name)
        }
        if given.group == nil {
            group = free.first { column in
                isNamed(column, ColumnRoles.groupNames) && column.distinct >= 5
                    && column.distinct * 10 <= column.filled * 9
                    && !column.isLists
            }
        }
        dates = free.first(where: \.isDates)
        parts = free.first(where: isPartColumn)
    }
}
