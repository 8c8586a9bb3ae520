import ArgumentParser

/// A command that checks its arguments once it is known that all of them are its own.
///
/// `validate()` comes too early: it runs before an unknown option is found, whose value then passes for a text or a file,
/// so that the user is told of something else.
protocol CheckedCommand: ParsableCommand {
    /// - Throws: `ValidationError`.
    func check() throws
}
