/// The words that VADER's rules ask for by name.
enum RuleWord: CaseIterable {
    /// Any word that no rule names.
    case other
    case but, kind, of, no, or, nor, never, so, this, without, doubt, least, at, very
    case sort, just, enough
    case the, shit, bomb, bad, ass, bus, stop, yeah, right, kiss, death, to, die, `for`, beating, heart
    case cut, mustard, hand, mouth

    /// As it stands in a text, in lower case.
    var spelling: String { "\(self)" }
}
