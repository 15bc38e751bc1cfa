package io.bida.notify;

import io.bida.notify.DeliveryResult.Outcome;
import io.bida.time.MonotonicTime;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Pushes to HTTP endpoints: one try at a time for each call, without waiting for it, and never to an address that the
 * {@link AddressPolicy} refuses.
 *
 * <p>A host is looked up anew for each push, and the connection goes to an address that was looked up and let through,
 * not to the name: a name that leads elsewhere a moment later changes nothing. An endpoint can hold this server no
 * longer than the timeout, for no more than 64 connections to a host and 4 KiB of an answer, and cannot send it
 * anywhere: redirects, cookies, passwords, proxies and compression are not for pushes, which are not repeated here
 * either.
 *
 * <p>Safe for use by any thread.
 */
public final class HttpNotifier implements AutoCloseable {

    /** Most connections to one host and port at one address: as many as an account has deliveries under way. */
    private static final int MOST_PER_ADDRESS = DeliveryPlaces.MOST_OF_ACCOUNT;

    /** Most connections in all: 1024, our choice; who gets none in half of the time fails by timeout. */
    private static final int MOST_CONNECTIONS = 1024;

    /** How long a connection is kept that nobody uses: 30 s, our choice. */
    private static final TimeValue IDLE = TimeValue.ofSeconds(30);

    /** How often idle connections are looked for: every 5 s, our choice. */
    private static final int LOOK_SECONDS = 5;

    /** Most threads that read and write: 4, our choice; they never wait. */
    private static final int MOST_THREADS = 4;

    /** Longest line and most lines of an answer's head: 4 KiB and 64, our choice; the client itself sets no limit. */
    private static final Http1Config HEAD =
            Http1Config.custom().setMaxLineLength(4096).setMaxHeaderCount(64).build();

    /** Names are looked up before; whoever asks the client to do so has gone past the policy. */
    private static final DnsResolver NO_NAMES = new DnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host + ": no address was chosen");
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException(host + ": no address was chosen");
        }
    };

    private static final String STOPPING = "the node stops";

    private final AddressPolicy policy;
    private final NameLookup names;
    private final Duration timeout;
    private final Executor results;
    private final PoolingAsyncClientConnectionManager connections;
    private final CloseableHttpAsyncClient client;
    private final ScheduledThreadPoolExecutor timer;
    private final Set<PushTry> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * A notifier, ready to push.
     *
     * @param names looks up hosts; stays the caller's to close
     * @param timeout how long a push may take in all, the wait for a connection included
     * @param tls who is trusted
     * @param threads makes the few threads that never wait
     * @param results where results are completed, so that whoever goes on from there may take its time
     */
    public HttpNotifier(
            AddressPolicy policy,
            NameLookup names,
            Duration timeout,
            SSLContext tls,
            ThreadFactory threads,
            Executor results) {
        this.policy = policy;
        this.names = names;
        this.timeout = timeout;
        this.results = results;
        connections = connections(tls, timeout);
        client = client(connections, timeout, threads);
        client.start();
        // Once it is closed, an alarm is for nothing: the push is broken off at once.
        timer = new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        Future<?> unused = timer.scheduleWithFixedDelay(
                () -> connections.closeIdle(IDLE), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Pushes once.
     *
     * @return how it ended, within the timeout; never fails
     */
    public CompletableFuture<DeliveryResult> push(PushRequest request) {
        PushTry once = new PushTry(request, policy, this::exchange, MonotonicTime.SYSTEM, results);
        underWay.add(once);
        Future<?> alarm = timer.schedule(
                () -> once.breakOff(Outcome.TIMEOUT, "no answer within " + timeout.toSeconds() + " s"),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        CompletableFuture<DeliveryResult> end = once.result().whenComplete((result, none) -> {
            alarm.cancel(false);
            underWay.remove(once);
        });
        if (!closed) {
            once.begin(names);
        }
        if (closed) {
            // Also when that happened meanwhile: it may have been added after close() looked.
            once.breakOff(Outcome.STOPPED, STOPPING);
        }
        return end;
    }

    private Future<?> exchange(
            PushRequest push, InetAddress address, HttpAnswer answer, FutureCallback<HttpAnswer> end) {
        URI endpoint = push.address();
        String scheme = endpoint.getScheme().toLowerCase(Locale.ROOT);
        BasicHttpRequest request = new BasicHttpRequest(
                "POST", scheme, new URIAuthority(endpoint.getHost(), endpoint.getPort()), push.target());
        push.headers().forEach(request::addHeader);
        HttpHost target = new HttpHost(scheme, address, AddressPolicy.host(endpoint), AddressPolicy.port(endpoint));
        BasicAsyncEntityProducer body = new BasicAsyncEntityProducer(push.body().bytes(), null);
        return client.execute(target, new BasicRequestProducer(request, body), answer, null, null, end);
    }

    /** Connections now, for tests. */
    PoolStats connections() {
        return connections.getTotalStats();
    }

    /** Ends what is under way and closes every connection. */
    @Override
    public void close() {
        closed = true;
        underWay.forEach(once -> once.breakOff(Outcome.STOPPED, STOPPING));
        timer.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    private static PoolingAsyncClientConnectionManager connections(SSLContext tls, Duration timeout) {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setDnsResolver(NO_NAMES)
                .setTlsStrategy(
                        ClientTlsStrategyBuilder.create().setSslContext(tls).buildAsync())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .setHandshakeTimeout(Timeout.of(timeout))
                        .build())
                // Half of the time: a second address gets its turn when the first one does not answer.
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(timeout.dividedBy(2)))
                        .setIdleTimeout(Timeout.of(IDLE.toDuration()))
                        .build())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
                .setMaxConnPerRoute(MOST_PER_ADDRESS)
                .setMaxConnTotal(MOST_CONNECTIONS)
                .build();
    }

    private static CloseableHttpAsyncClient client(
            PoolingAsyncClientConnectionManager connections, Duration timeout, ThreadFactory threads) {
        Timeout whole = Timeout.of(timeout);
        return HttpAsyncClients.custom()
                .setConnectionManager(connections)
                .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
                .setDefaultCredentialsProvider(new BasicCredentialsProvider())
                .setHttp1Config(HEAD)
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(
                                Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()))
                        .setSoTimeout(whole)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        // Half of it: who has waited that long for a connection is not given one when the pushes
                        // before are broken off, so nothing is sent whose time is over.
                        .setConnectionRequestTimeout(Timeout.of(timeout.dividedBy(2)))
                        .setResponseTimeout(whole)
                        .setAuthenticationEnabled(false)
                        .setRedirectsEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .setContentCompressionEnabled(false)
                        .build())
                .setThreadFactory(threads)
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableConnectionState()
                .disableCookieManagement()
                .disableRedirectHandling()
                .disableRequestPriority()
                .disableContentCompression()
                .build();
    }
}
