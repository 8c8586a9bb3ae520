import Results

extension JobPlan {
    /// A Makefile with a rule for each shard, and one that assembles.
    public func makefile() -> String {
        let names = (1...jobs).map { "shard-\($0)" }
        let threads = limits.cpus.map { " --threads \($0)" } ?? ""
        let rules = (1...jobs).map { number in
            "shard-\(number):\n\t\(recipe)\(threads) --shard \(number)/\(jobs)\n"
        }
        return """
            # \(heading("\(jobs) \(jobs == 1 ? "shard" : "shards")"))
            # Printed by bakeoff \(BakeoffVersion.current). `make -f FILE -j 4` executes four at a time, and then assembles; what is done is not
            # done again. Each process takes \(limits.cpus.map { "\($0) threads" } ?? "all cores, unless this was printed with --cpus").
            .PHONY: all \(names.joined(separator: " "))

            all: \(names.joined(separator: " "))
            \t\(recipe)\(threads)

            \(rules.joined(separator: "\n"))
            """
    }

    /// The command as a line of a recipe, in which make itself reads `$` alone.
    private var recipe: String {
        "cd \(shellQuoted(folder)) && \(shellCommand(command))".replacing("$", with: "$$")
    }
}
