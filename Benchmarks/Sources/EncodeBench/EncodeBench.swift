import Bakeoff
import Foundation

/// Times the encoder on token ids and prints one JSON object.
///
///     EncodeBench MODEL IDS OUTPUT THREADS [f32|bf16|int8]
///
/// IDS holds one sequence a line, ids separated by spaces. OUTPUT becomes the mean-pooled vectors, float32, [B, H]. Loading
/// is not timed; every round encodes all sequences once, after one round of a tenth of them to warm up.
@main
struct EncodeBench {
    struct Report: Encodable {
        let sequences: Int
        let tokens: Int
        /// Each round's seconds, and the CPU's.
        let seconds: [Double]
        let cpuSeconds: [Double]
        /// Needed multiplications and additions, in billions.
        let gigaflop: Double
        /// What the CPU does in registers alone before and after the rounds, on as many threads: by its instructions for this
        /// precision, or for float32 where it has none.
        let peakGigaflopPerSecond: [Double]
        let loadSeconds: Double
        /// One sequence of median length, warm; the median of many.
        let oneTextMilliseconds: Double
        let weightMegabytes: Double
        let peakMegabytes: Double
    }

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 5, let threads = Int(arguments[4]),
            let precision = arguments.count > 5 ? Precision(rawValue: arguments[5]) : .f32
        else {
            FileHandle.standardError.write(
                Data("usage: EncodeBench MODEL IDS OUTPUT THREADS [f32|bf16|int8]\n".utf8))
            exit(2)
        }
        Threads.count = threads
        let sequences = try String(contentsOfFile: arguments[2], encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: " ").compactMap { Int32($0) }
        }
        let batch = try PackedBatch(sequences)

        let start = seconds()
        let encoder = try TokenEncoder(folder: URL(fileURLWithPath: arguments[1]), precision: precision)
        let loadSeconds = seconds() - start

        _ = try encoder.embed(
            PackedBatch(Array(sequences.prefix(sequences.count / 10 + 1))), pooling: .mean)
        func peak() -> [Double] {
            let rate =
                PeakRate.measure(precision, threads: threads) ?? PeakRate.measure(.f32, threads: threads)
            return rate.map { [$0] } ?? []
        }
        let before = peak()
        var rounds: [Double] = []
        var cpu: [Double] = []
        var embeddings: [Float] = []
        for _ in 0..<3 {
            let (wall, busy) = (seconds(), cpuSeconds())
            embeddings = try encoder.embed(batch, pooling: .mean)
            rounds.append(seconds() - wall)
            cpu.append(cpuSeconds() - busy)
        }
        let after = peak()
        try embeddings.withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: arguments[3])) }

        let memory = peakMegabytes()
        let median = sequences.sorted { $0.count < $1.count }[sequences.count / 2]
        let one = try PackedBatch([median])
        let times = try (0..<100).map { _ in
            let begin = seconds()
            _ = try encoder.embed(one, pooling: .mean)
            return seconds() - begin
        }
        let report = Report(
            sequences: batch.count, tokens: batch.tokens, seconds: rounds, cpuSeconds: cpu,
            gigaflop: gigaflop(sequences.map(\.count), encoder.configuration),
            peakGigaflopPerSecond: before + after, loadSeconds: loadSeconds,
            oneTextMilliseconds: times.sorted()[50] * 1000,
            weightMegabytes: Double(encoder.byteCount) / 1e6, peakMegabytes: memory)
        let json = JSONEncoder()
        json.outputFormatting = .sortedKeys
        print(String(decoding: try json.encode(report), as: UTF8.self))
    }

    /// For every token and layer: four H x H products, two H x I, and the two of attention.
    static func gigaflop(_ lengths: [Int], _ sizes: EncoderConfiguration) -> Double {
        let h = Double(sizes.hidden)
        let perToken = 2 * (4 * h * h + 2 * h * Double(sizes.intermediate))
        return Double(sizes.layers) * lengths.reduce(0) { $0 + Double($1) * (perToken + 4 * h * Double($1)) }
            / 1e9
    }

    static func seconds() -> Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }

    /// Of all threads.
    static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The most resident memory so far: Linux's VmHWM, since the usage that the system reports of a process counts that
    /// of the one which started it, before it became this program.
    static func peakMegabytes() -> Double {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kilobytes = line?.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }.first
        return (kilobytes ?? .nan) / 1024
    }
}
