import ArgumentParser

@main
struct Bakeoff: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs text-classification baselines against each other.")
}
