extension FetchError: CustomStringConvertible {
    /// What went wrong, and what to do about it.
    public var description: String {
        let advice =
            switch problem.remedy {
            case .runAgain: "run 'bakeoff fetch \(recipe)' again"
            case .resume: "run 'bakeoff fetch \(recipe)' again: it goes on where it stopped"
            case .bringFiles:
                "get the files elsewhere and run 'bakeoff fetch \(recipe) --from PATH' (a folder or an archive)"
            case .nothing: nil as String?
            }
        return "cannot fetch '\(recipe)': \(problem)" + (advice.map { "; \($0)" } ?? "")
    }
}

extension FetchProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .cancelled:
            "interrupted"
        case .missingBesideRecipe(let path):
            "\(path): no such file; it belongs beside its recipe"
        case .missingInSource(let path, let file):
            "\(path): holds no file '\(file)'"
        case .wrongChecksum(let what, let expected, let found):
            "\(what): SHA-256 is \(found), expected \(expected)"
        case .busy(let path):
            "\(path): another process is fetching this"
        case .file(let error):
            error.description
        case .noPip(let package):
            "package '\(package)' is got by pip, and neither 'python3 -m pip' nor 'pip3' runs; install python3-pip"
        case .indexUnreachable(let package, let reason):
            "the package index does not answer for '\(package)': \(reason)"
        case .pipFailed(let package, let reason):
            "pip could not get '\(package)': \(reason)"
        case .insecureAddress(let url):
            "\(url): only https is fetched (http on this machine alone)"
        case .insecureRedirect(let from, let to):
            "\(from): redirects to \(to), which is not https"
        case .tooManyRedirects(let url):
            "\(url): too many redirects"
        case .unreachable(let url, let reason):
            "\(url): cannot be reached: \(reason)"
        case .timedOut(let url, let seconds):
            "\(url): nothing came for \(seconds) s, or next to nothing"
        case .httpStatus(let url, let status):
            "\(url): the server answered with status \(status)"
        case .truncated(let url, let expected, let found):
            "\(url): the connection ended after \(found) of \(expected) bytes"
        case .tooLarge(let url, let limit):
            "\(url): more than \(limit) bytes"
        case .noFile(let url):
            "\(url): the server sent no file"
        case .webPage(let url):
            "\(url): the server sent a web page (text/html) instead of the file"
        case .encoded(let url, let encoding):
            "\(url): the server sent the file compressed (Content-Encoding: \(encoding.prefix(40))), which was not asked for"
        case .badAnswer(let url, let found):
            "\(url): the head of the server's answer is not as HTTP has it: found \(found)"
        case .busyServer(let url, let status, let wait):
            "\(url): the server is busy (status \(status)\(wait.map { "; it asks to come again in \($0) s" } ?? ""))"
        case .offline:
            "it is not in the cache of the hub, and nothing may be fetched (HF_HUB_OFFLINE or --offline)"
        case .refusedByHub(let name, let status, let hasToken):
            "the hub has no '\(name)', or does not show it \(hasToken ? "to the owner of this token" : "to everyone") "
                + "(status \(status))\(hasToken ? "" : "; for a private one set HF_TOKEN")"
        case .gated(let name, let hasToken):
            "'\(name)' is gated: its owner lets people in one by one. Ask on its page"
                + (hasToken ? "" : ", then set HF_TOKEN to a token of yours")
        case .noRevision(let repository, let revision):
            "'\(repository)' has no revision '\(revision)'"
        case .noEncoder(let weights):
            "it holds no encoder that can be read: config.json, the files of a tokenizer (tokenizer.json, vocab.txt, vocab.json "
                + "with merges.txt, or a .model of SentencePiece), and model.safetensors or pytorch_model.bin are needed"
                + (weights.isEmpty
                    ? ""
                    : "; found the weights in another form: \(weights.prefix(5).joined(separator: ", "))")
        case .dataset(let problem):
            problem.description
        case .wrongDigest(let what, let expected, let found):
            "\(what): its digest is \(found), and the hub says \(expected)"
        case .changed(let file, let expected, let found, let note):
            "\(file): has changed since it was first fetched: SHA-256 is \(found), was \(expected); what was compared on the "
                + "old one cannot be repeated with it. If the new one is to be taken, delete \(note) and fetch again"
        }
    }

    fileprivate enum Remedy {
        case runAgain, resume, bringFiles, nothing
    }

    fileprivate var remedy: Remedy {
        switch self {
        case .busy, .busyServer: .runAgain
        case .cancelled, .truncated, .timedOut: .resume
        case .noPip, .indexUnreachable, .pipFailed, .insecureAddress, .insecureRedirect, .tooManyRedirects,
            .unreachable, .httpStatus, .tooLarge, .wrongChecksum, .noFile, .webPage, .encoded, .badAnswer:
            .bringFiles
        case .missingBesideRecipe, .missingInSource, .file, .changed, .offline, .refusedByHub, .gated,
            .noRevision, .noEncoder, .dataset, .wrongDigest:
            .nothing
        }
    }
}
