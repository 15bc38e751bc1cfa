package io.bida.benchmark.http;

import java.util.Arrays;

/**
 * Deletes what was just received: takes the receipt handles out of an answer and renders the request that deletes them.
 *
 * <p>One handle goes into the query (DeleteMessage), several into a document (BatchDeleteMessage). Unlike a
 * {@link Request} it is another one each time, so it is signed each time. Belongs to one thread.
 */
public final class DeleteRequest {

    private static final byte[] OPENING = Signing.ascii("<ReceiptHandle>");
    private static final byte[] CLOSING = Signing.ascii("</ReceiptHandle>");
    private static final byte[] LIST_OPENING = Signing.ascii(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + "<ReceiptHandles xmlns=\"http://mns.aliyuncs.com/doc/v1\">");
    private static final byte[] LIST_CLOSING = Signing.ascii("</ReceiptHandles>");
    private static final byte[] METHOD = Signing.ascii("DELETE ");
    private static final byte[] CONTENT_LENGTH = Signing.ascii("\r\nContent-Length: ");
    private static final byte[] END_OF_HEAD = Signing.ascii("\r\n\r\n");
    private static final byte[] SINGLE_HEAD = Signing.stringToSignHead("DELETE", false);
    private static final byte[] BATCH_HEAD = Signing.stringToSignHead("DELETE", true);

    private final Signing signing;
    private final byte[] target;
    private final byte[] targetUpToHandle;
    private final GrowingBytes handles = new GrowingBytes();
    private final GrowingBytes request = new GrowingBytes();

    /**
     * Deletes from one queue.
     *
     * @param target the path of the queue's messages
     */
    public DeleteRequest(Signing signing, String target) {
        this.signing = signing;
        this.target = Signing.ascii(target);
        this.targetUpToHandle = Signing.ascii(target + "?ReceiptHandle=");
    }

    /** Renders the request for the handles in this answer and says how many there are; 0 leaves nothing to send. */
    public int prepare(Answer received) {
        int count = takeHandles(received);
        request.clear();
        if (count == 1) {
            renderSingle();
        } else if (count > 1) {
            renderBatch();
        }
        return count;
    }

    /** The bytes of the request, of which the first {@link #length()} count. */
    public byte[] bytes() {
        return request.bytes();
    }

    /** How many bytes the request has. */
    public int length() {
        return request.length();
    }

    /** Keeps the handles with their tags: that is how the batch document wants them. */
    private int takeHandles(Answer received) {
        handles.clear();
        int count = 0;
        int opening = received.find(OPENING, received.bodyFrom());
        while (opening >= 0) {
            int closing = received.find(CLOSING, opening);
            if (closing < 0) {
                break;
            }
            int end = closing + CLOSING.length;
            handles.append(received.buffer(), opening, end - opening);
            count++;
            opening = received.find(OPENING, end);
        }
        return count;
    }

    private void renderSingle() {
        int handleLength = handles.length() - OPENING.length - CLOSING.length;
        byte[] wholeTarget = Arrays.copyOf(targetUpToHandle, targetUpToHandle.length + handleLength);
        System.arraycopy(handles.bytes(), OPENING.length, wholeTarget, targetUpToHandle.length, handleLength);
        renderHead(SINGLE_HEAD, wholeTarget, false);
        request.append(CONTENT_LENGTH);
        request.appendNumber(0);
        request.append(END_OF_HEAD);
    }

    private void renderBatch() {
        renderHead(BATCH_HEAD, target, true);
        request.append(CONTENT_LENGTH);
        request.appendNumber(LIST_OPENING.length + handles.length() + LIST_CLOSING.length);
        request.append(END_OF_HEAD);
        request.append(LIST_OPENING);
        request.append(handles.bytes(), 0, handles.length());
        request.append(LIST_CLOSING);
    }

    private void renderHead(byte[] stringToSignHead, byte[] wholeTarget, boolean withBody) {
        signing.date().now();
        request.append(METHOD);
        request.append(wholeTarget);
        request.append(signing.headersUpToDate(withBody));
        request.append(signing.date().bytes());
        request.append(signing.headersUpToSignature());
        request.append(signing.sign(stringToSignHead, wholeTarget));
    }
}
