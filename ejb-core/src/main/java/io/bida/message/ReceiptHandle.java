package io.bida.message;

/**
 * Proof of one receive of one message: good for deleting it and for changing its visibility while it stays hidden.
 *
 * <p>Opaque, authenticated (nobody can make or alter one), of unreserved characters only. See {@link ReceiptHandles}.
 *
 * @param text as on the wire
 */
public record ReceiptHandle(String text) {

    @Override
    public String toString() {
        return text;
    }
}
