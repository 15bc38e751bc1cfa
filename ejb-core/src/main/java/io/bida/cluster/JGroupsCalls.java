package io.bida.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.SuspectedException;
import org.jgroups.UnreachableException;
import org.jgroups.View;
import org.jgroups.blocks.MessageDispatcher;
import org.jgroups.blocks.RequestHandler;
import org.jgroups.blocks.RequestOptions;
import org.jgroups.blocks.Response;
import org.jgroups.blocks.ResponseMode;
import org.jgroups.util.NameCache;
import org.jspecify.annotations.Nullable;

/**
 * Calls over a JGroups channel of their own.
 *
 * <p>A request is the version of this frame (1 byte), its subject (1 byte) and its bytes; an answer is whether there is
 * one (1 byte: 1 there is, 0 it failed, 2 nobody answers this subject yet) and its bytes. A node that leaves the
 * cluster fails what it was asked at once; one that hangs, at the end of the caller's limit.
 */
public final class JGroupsCalls implements ClusterCalls, Closeable {

    private static final Logger LOG = Logger.getLogger(JGroupsCalls.class);

    private static final byte VERSION = 1;
    private static final int HEAD = 2;
    private static final byte ANSWERED = 1;
    private static final byte REFUSED = 0;
    private static final byte NOT_SERVED = 2;

    private final JChannel channel;
    private final MessageDispatcher dispatcher;
    private final Map<Byte, Service> services = new ConcurrentHashMap<>();
    private final List<Consumer<List<ClusterNode>>> listeners = new CopyOnWriteArrayList<>();
    private volatile Known known = new Known(List.of(), Map.of());

    private record Known(List<ClusterNode> nodes, Map<UUID, Address> addresses) {}

    /**
     * Connects the channel and takes part.
     *
     * @param channel not connected yet; closed with this
     */
    public JGroupsCalls(JChannel channel, String clusterName) {
        this.channel = channel;
        dispatcher = new MessageDispatcher(channel, new Answering());
        dispatcher.asyncDispatching(true);
        dispatcher.wrapExceptions(false);
        dispatcher.setReceiver(new Membership());
        try {
            channel.connect(clusterName);
        } catch (Exception e) {
            throw new IllegalStateException("The node cannot take part in the cluster " + clusterName, e);
        }
        know(channel.getView());
    }

    @Override
    public ClusterNode self() {
        return node(channel.getAddress());
    }

    @Override
    public List<ClusterNode> members() {
        return known.nodes();
    }

    @Override
    public CompletionStage<byte[]> call(ClusterNode to, Subject subject, byte[] request, Duration limit) {
        Address address = known.addresses().get(to.id());
        if (address == null) {
            return CompletableFuture.failedFuture(new CallFailedException(to, "it left the cluster"));
        }
        byte[] frame = new byte[HEAD + request.length];
        frame[0] = VERSION;
        frame[1] = subject.code();
        System.arraycopy(request, 0, frame, HEAD, request.length);
        CompletableFuture<byte[]> answer;
        try {
            RequestOptions options = new RequestOptions(ResponseMode.GET_FIRST, 0).setFlags(flags(subject));
            answer = dispatcher.sendMessageWithFuture(new BytesMessage(address, frame), options);
        } catch (Exception e) {
            return CompletableFuture.failedFuture(new CallFailedException(to, e.toString()));
        }
        return answer.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).handle((bytes, failure) -> {
            if (failure != null) {
                throw new CallFailedException(to, reason(failure, limit));
            }
            if (bytes != null && bytes.length > 0 && bytes[0] == NOT_SERVED) {
                throw new CallFailedException(to, "it does not answer such calls yet");
            }
            if (bytes == null || bytes.length == 0 || bytes[0] != ANSWERED) {
                throw new CallFailedException(to, "it refuses the call; its log says why");
            }
            byte[] content = new byte[bytes.length - 1];
            System.arraycopy(bytes, 1, content, 0, content.length);
            return content;
        });
    }

    private static Message.Flag[] flags(Subject subject) {
        // Unordered: two calls have nothing to do with each other, and a slow one must not hold up the next.
        return subject.isWithoutCredit()
                ? new Message.Flag[] {Message.Flag.OOB, Message.Flag.NO_FC}
                : new Message.Flag[] {Message.Flag.OOB};
    }

    private static String reason(Throwable failure, Duration limit) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return "none within " + limit.toMillis() + " ms";
        }
        if (cause instanceof SuspectedException || cause instanceof UnreachableException) {
            return "it left the cluster";
        }
        return cause.toString();
    }

    @Override
    public void serve(Subject subject, Service service) {
        services.put(subject.code(), service);
    }

    @Override
    public void onMembersChange(Consumer<List<ClusterNode>> listener) {
        listeners.add(listener);
    }

    /** Takes part no more; what was asked and is not answered yet fails on the callers' side. */
    @Override
    public void close() {
        try {
            dispatcher.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            channel.close();
        }
    }

    private void know(View view) {
        List<ClusterNode> nodes = new ArrayList<>();
        Map<UUID, Address> addresses = new HashMap<>();
        for (Address address : view.getMembers()) {
            ClusterNode node = node(address);
            nodes.add(node);
            addresses.put(node.id(), address);
        }
        known = new Known(List.copyOf(nodes), Map.copyOf(addresses));
    }

    private static ClusterNode node(Address address) {
        if (!(address instanceof org.jgroups.util.UUID id)) {
            throw new IllegalStateException("The channel's addresses are not of the usual kind: " + address.getClass());
        }
        String name = NameCache.get(address);
        return new ClusterNode(
                name == null ? address.toString() : name,
                new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()));
    }

    /** The node has begun, and the part of it that is asked has not. */
    private static final class NotServedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private NotServedException(byte subject) {
            super("nobody answers subject " + subject + " yet", null, false, false);
        }
    }

    private final class Membership implements Receiver {

        @Override
        public void viewAccepted(View view) {
            know(view);
            List<ClusterNode> members = known.nodes();
            listeners.forEach(listener -> listener.accept(members));
        }
    }

    private final class Answering implements RequestHandler {

        @Override
        public Object handle(Message request) {
            throw new UnsupportedOperationException("calls are answered asynchronously");
        }

        @Override
        public void handle(Message request, @Nullable Response response) {
            answer(request).whenComplete((content, failure) -> {
                if (response == null) {
                    return;
                }
                if (failure instanceof NotServedException) {
                    LOG.debugf("A call of node %s is not answered: %s", node(request.getSrc()), failure.getMessage());
                    response.send(new byte[] {NOT_SERVED}, false);
                    return;
                }
                if (failure != null) {
                    LOG.errorf(failure, "A call of node %s failed", node(request.getSrc()));
                    response.send(new byte[] {REFUSED}, false);
                    return;
                }
                byte[] answer = new byte[1 + content.length];
                answer[0] = ANSWERED;
                System.arraycopy(content, 0, answer, 1, content.length);
                response.send(answer, false);
            });
        }

        private CompletionStage<byte[]> answer(Message message) {
            byte[] frame = message.getArray();
            int offset = message.getOffset();
            int length = message.getLength();
            if (length < HEAD || frame[offset] != VERSION) {
                return CompletableFuture.failedFuture(new IllegalArgumentException("unknown form of a call"));
            }
            Service service = services.get(frame[offset + 1]);
            if (service == null) {
                return CompletableFuture.failedFuture(new NotServedException(frame[offset + 1]));
            }
            byte[] content = new byte[length - HEAD];
            System.arraycopy(frame, offset + HEAD, content, 0, content.length);
            try {
                return service.answer(node(message.getSrc()), content);
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }
}
