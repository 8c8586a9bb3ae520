import LinearAlgebra
import Synchronization

/// The buffers of a forward pass over one block of sequences; used by one block at a time, and used again.
package final class Workspace: Sendable {
    /// The most tokens of a block.
    package let tokens: Int
    /// One thread, or all of them because there is no other block to work on.
    package let team: Team

    private let hidden: Int
    private let innerWidth: Int
    private let hiddenStride: Int
    private let innerStride: Int
    /// Shape of these: [tokens, H].
    private let xBuffer, firstBuffer, yBuffer, qBuffer, kBuffer, vBuffer, contextBuffer: FloatBuffer
    /// Shape: [tokens, I].
    private let innerBuffer: FloatBuffer

    package init(_ configuration: BertConfiguration, tokens: Int, workers: Int) {
        self.tokens = tokens
        team = Team(workers: workers)
        hidden = configuration.hidden
        innerWidth = configuration.inner
        hiddenStride = FloatRows.stride(columns: hidden)
        innerStride = FloatRows.stride(columns: innerWidth)
        let size = tokens * hiddenStride
        xBuffer = FloatBuffer(count: size)
        firstBuffer = FloatBuffer(count: size)
        yBuffer = FloatBuffer(count: size)
        qBuffer = FloatBuffer(count: size)
        kBuffer = FloatBuffer(count: size)
        vBuffer = FloatBuffer(count: size)
        contextBuffer = FloatBuffer(count: size)
        innerBuffer = FloatBuffer(count: tokens * innerStride)
    }

    private func wide(_ buffer: FloatBuffer, _ rows: Int) -> FloatRows {
        precondition(rows <= tokens)
        return FloatRows(buffer.pointer, rows: rows, columns: hidden, stride: hiddenStride)
    }

    /// The layers' input and output. Shape: [rows, H].
    package func x(rows: Int) -> FloatRows { wide(xBuffer, rows) }
    /// The first token of each sequence. Shape: [rows, H].
    package func first(rows: Int) -> FloatRows { wide(firstBuffer, rows) }
    /// What a part of a layer adds to its input. Shape: [rows, H].
    package func y(rows: Int) -> FloatRows { wide(yBuffer, rows) }

    /// What a layer computes on its way: nothing of it is kept, so both sums are in one buffer, and the output is written
    /// over the input.
    package func values(tokens: Int, asking: FloatRows) -> LayerValues {
        precondition(tokens <= self.tokens && asking.rows <= self.tokens)
        let inner = FloatRows(
            innerBuffer.pointer, rows: asking.rows, columns: innerWidth, stride: innerStride)
        let y = y(rows: asking.rows)
        return LayerValues(
            q: wide(qBuffer, asking.rows), k: wide(kBuffer, tokens), v: wide(vBuffer, tokens),
            context: wide(contextBuffer, asking.rows), attentionSum: y, attended: asking, innerSum: inner,
            inner: inner, outputSum: y, output: asking)
    }
}

/// Workspaces that wait to be used again.
package final class WorkspacePool: Sendable {
    private let configuration: BertConfiguration
    private let idle = Mutex<[Workspace]>([])

    package init(_ configuration: BertConfiguration) {
        self.configuration = configuration
    }

    /// Lends a workspace that is large enough; one that is too small is dropped for it.
    package func withWorkspace<R>(tokens: Int, workers: Int, _ body: (Workspace) -> R) -> R {
        let found = idle.withLock { idle in
            idle.firstIndex { $0.tokens >= tokens && $0.team.workers == workers }.map { idle.remove(at: $0) }
        }
        let workspace = found ?? Workspace(configuration, tokens: tokens, workers: workers)
        defer {
            idle.withLock { idle in
                idle.removeAll { $0.tokens <= tokens && $0.team.workers == workers }
                idle.append(workspace)
            }
        }
        return body(workspace)
    }
}
