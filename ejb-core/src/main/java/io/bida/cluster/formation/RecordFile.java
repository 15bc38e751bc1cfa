package io.bida.cluster.formation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file {@code <bida.data>/cluster-record}: a node's {@link ClusterRecord}.
 *
 * <p>Form, version 1, big endian: {@code "BCR" | version 1 | record | CRC32C of all before it 4}. <b>To add a
 * field:</b> raise the version, append, and keep reading version 1 with a default.
 */
final class RecordFile {

    private static final byte[] HEAD = {'B', 'C', 'R', 1};
    private static final int CHECK = 4;

    private final Path file;

    RecordFile(Path dataDirectory) {
        file = dataDirectory.resolve("cluster-record");
    }

    /**
     * The record; empty if there is none.
     *
     * @throws CannotStartException if there is one that cannot be read: without it nobody knows whether this node's
     *     messages may be believed
     */
    Optional<ClusterRecord> read() {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(decode(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new CannotStartException(
                    "The record of the cluster, " + file + ", cannot be read (" + e.getMessage()
                            + "). Restore it from a backup of this node; or, if the other nodes hold all messages,"
                            + " move this node's data directory away and let the node join empty.",
                    e);
        }
    }

    /**
     * Replaces it; on disk when this returns.
     *
     * @throws RecordNotWrittenException if that is not known: the node must end
     */
    void write(ClusterRecord record) {
        try {
            DurableFiles.replace(file, encode(record));
        } catch (IOException e) {
            throw new RecordNotWrittenException(file, e);
        }
    }

    private static byte[] encode(ClusterRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(HEAD);
        record.writeTo(out);
        byte[] content = bytes.toByteArray();
        out.writeInt(check(content, content.length));
        return bytes.toByteArray();
    }

    private static ClusterRecord decode(byte[] bytes) throws IOException {
        int length = bytes.length - CHECK;
        if (length < HEAD.length || !Arrays.equals(bytes, 0, HEAD.length - 1, HEAD, 0, HEAD.length - 1)) {
            throw new IOException("it is no such record");
        }
        if (bytes[HEAD.length - 1] != HEAD[HEAD.length - 1]) {
            throw new IOException("it is of version " + bytes[HEAD.length - 1] + ", made by a later release");
        }
        if (ByteBuffer.wrap(bytes).getInt(length) != check(bytes, length)) {
            throw new IOException("it is damaged");
        }
        return ClusterRecord.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes, HEAD.length, length - HEAD.length)));
    }

    private static int check(byte[] bytes, int length) {
        CRC32C check = new CRC32C();
        check.update(bytes, 0, length);
        return (int) check.getValue();
    }
}
