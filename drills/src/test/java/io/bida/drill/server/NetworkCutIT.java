package io.bida.drill.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.drill.time.RealTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cut lets nothing through between two sides, and nobody else notices it. Needs root, nftables and net_cls. */
class NetworkCutIT {

    private final Network network = new Network();
    private final List<Process> processes = new ArrayList<>();
    private final Map<Integer, String> heard = new ConcurrentHashMap<>();

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        network.close();
        assertThat(network.names().mount()).doesNotExist();
        assertThat(Commands.run("nft", "list", "tables"))
                .doesNotContain(network.names().table());
    }

    @Test
    void twoSidesHearNothingOfEachOtherAndEverythingOfThemselves() throws IOException {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            try (ServerSocket free = new ServerSocket(0)) {
                ports.add(free.getLocalPort());
            }
        }
        // Each one connects to those after it, so there are connections opened in both directions across the cut.
        for (int i = 0; i < 4; i++) {
            chat(ports.subList(i, 4));
        }
        for (int port : ports) {
            awaitHeard(port, others(ports, port));
        }

        List<Integer> side = List.of(ports.get(0), ports.get(2));
        List<Integer> rest = List.of(ports.get(1), ports.get(3));
        network.cut(
                Set.of(processes.get(0).pid(), processes.get(2).pid()),
                Set.of(processes.get(1).pid(), processes.get(3).pid()));
        for (int port : ports) {
            awaitHeard(port, others(side.contains(port) ? side : rest, port));
        }
        letPass(Duration.ofSeconds(3));
        for (int port : ports) {
            assertThat(heard.get(port)).isEqualTo(others(side.contains(port) ? side : rest, port));
        }

        network.mend();
        for (int port : ports) {
            awaitHeard(port, others(ports, port));
        }
    }

    private static String others(List<Integer> ports, int port) {
        return ports.stream()
                .filter(p -> p != port)
                .sorted()
                .map(p -> " " + p)
                .collect(Collectors.joining("", "heard", ""));
    }

    private void chat(List<Integer> ports) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of("target", "test-classes").toString(),
                "-Djava.net.preferIPv4Stack=true",
                Chatterbox.class.getName()));
        ports.forEach(p -> command.add(Integer.toString(p)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        int port = ports.get(0);
        Thread reader = new Thread(() -> read(process, port));
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Process process, int port) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard.put(port, line);
            }
        } catch (IOException e) {
            heard.put(port, "gone");
        }
    }

    private void awaitHeard(int port, String expected) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!expected.equals(heard.get(port)) && System.nanoTime() < end) {
            letPass(Duration.ofMillis(50));
        }
        assertThat(heard.get(port)).isEqualTo(expected);
    }

    private static void letPass(Duration duration) {
        new RealTime().sleep(duration);
    }
}
