/// First names, each with the one that takes its place: the next of its row, so that pronouns still fit.
package let otherNames: [String: String] = {
    let rows = [
        [
            "Anna", "Maria", "Fatima", "Julia", "Mei", "Laura", "Olga", "Sarah", "Ingrid", "Emma", "Aisha",
            "Sophie", "Mary", "Priya", "Susan", "Lisa", "Helen", "Carmen", "Kate", "Linda",
        ],
        [
            "Peter", "Ahmed", "Thomas", "Carlos", "David", "Kenji", "Michael", "Ivan", "Daniel", "Omar",
            "John", "Samuel", "Paul", "Rajesh", "James", "Robert", "Luca", "George", "Andrew", "Martin",
        ],
    ]
    var others: [String: String] = [:]
    for row in rows {
        for (place, name) in row.enumerated() { others[name] = row[(place + 1) % row.count] }
    }
    return others
}()

/// Words with others that mean the same in nearly every text; both begin with vowels or both do not, so that "a" and "an" stay
/// right.
package let synonyms: [String: String] = {
    let pairs = [
        ("big", "large"), ("quick", "fast"), ("quickly", "promptly"), ("buy", "purchase"),
        ("bought", "purchased"), ("maybe", "perhaps"), ("film", "movie"),
        ("wonderful", "marvellous"), ("terrible", "dreadful"), ("awful", "appalling"),
        ("sofa", "couch"), ("taxi", "cab"), ("smart", "clever"), ("angry", "irate"),
        ("everybody", "everyone"), ("somebody", "someone"), ("anybody", "anyone"),
    ]
    // The other way round these would not fit everywhere.
    let oneWay = [
        ("very", "really"), ("thanks", "thank you"), ("lovely", "delightful"), ("small", "little"),
        ("begin", "start"), ("began", "started"), ("photo", "picture"),
        ("sure", "certain"), ("noisy", "loud"), ("tidy", "neat"), ("mend", "repair"),
        ("nobody", "no one"),
    ]
    return Dictionary(uniqueKeysWithValues: pairs + pairs.map { ($1, $0) } + oneWay)
}()
