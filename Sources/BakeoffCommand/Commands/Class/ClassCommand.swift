import ArgumentParser

struct ClassCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "class",
        abstract: "A comparison for a class: make it, grade entries, show who stands where.",
        discussion: """
            `create` makes of an experiment what students get, and a secret: the labels of the test rows under new ids. `grade` \
            says what is wrong with an entry, or what it is worth beside the baselines. `board` shows public scores while the \
            class goes on, and final ones in the end.
            """,
        subcommands: [ClassCreate.self, ClassGrade.self, ClassBoardCommand.self])
}
