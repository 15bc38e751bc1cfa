package io.bida.drill.run;

import io.bida.drill.model.Mistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line says.
 *
 * @param drills to play, in this order
 * @param rounds of each
 * @param seed of everything random in the drill's clients and faults
 * @param nodes of a cluster, unless a drill takes more
 * @param single whether a single server is drilled, with {@code ./bida start}
 * @param model whether the model is drilled, in virtual time
 * @param mistakes switched on in the model
 * @param expectRed whether the run succeeds only if promises are broken: a control that the drills notice
 * @param data where the nodes' directories go; empty for a new one, which is removed unless something is red
 * @param httpPort of the first node; empty for free ones
 * @param environment further {@code BIDA_*} variables for the nodes
 */
record DrillOptions(
        List<Drill> drills,
        int rounds,
        long seed,
        int nodes,
        boolean single,
        boolean model,
        Set<Mistake> mistakes,
        boolean expectRed,
        Path launcher,
        Optional<Path> data,
        Optional<Integer> httpPort,
        Map<String, String> environment) {

    DrillOptions {
        drills = List.copyOf(drills);
        mistakes = Set.copyOf(mistakes);
        environment = Map.copyOf(environment);
    }

    static DrillOptions parse(List<String> arguments) {
        List<Drill> drills = new ArrayList<>();
        Map<String, String> values = new HashMap<>();
        Set<String> flags = new HashSet<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("all")) {
                drills.addAll(Arrays.asList(Drill.values()));
            } else if (!argument.startsWith("--")) {
                drills.add(Drill.of(argument));
            } else if (Set.of("--single", "--model", "--expect-red").contains(argument)) {
                flags.add(argument);
            } else if (!Set.of(
                            "--rounds",
                            "--seed",
                            "--nodes",
                            "--data",
                            "--http-port",
                            "--heap",
                            "--java-opts",
                            "--mistake",
                            "--launcher")
                    .contains(argument)) {
                throw new IllegalArgumentException("There is no option " + argument);
            } else if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(argument + " needs a value");
            } else {
                values.put(argument, arguments.get(++i));
            }
        }
        if (drills.isEmpty()) {
            throw new IllegalArgumentException("Which drill?");
        }
        boolean single = flags.contains("--single");
        return new DrillOptions(
                drills,
                Integer.parseInt(values.getOrDefault("--rounds", "3")),
                Long.parseLong(values.getOrDefault("--seed", Long.toString(System.nanoTime() & 0xffff_ffffL))),
                single ? 1 : Integer.parseInt(values.getOrDefault("--nodes", "3")),
                single,
                flags.contains("--model"),
                mistakes(values.getOrDefault("--mistake", "")),
                flags.contains("--expect-red"),
                Path.of(values.getOrDefault("--launcher", "./bida"))
                        .toAbsolutePath()
                        .normalize(),
                Optional.ofNullable(values.get("--data"))
                        .map(d -> Path.of(d).toAbsolutePath().normalize()),
                Optional.ofNullable(values.get("--http-port")).map(Integer::valueOf),
                environment(values));
    }

    private static Set<Mistake> mistakes(String name) {
        return name.isEmpty() ? EnumSet.noneOf(Mistake.class) : EnumSet.of(Mistake.valueOf(name));
    }

    private static Map<String, String> environment(Map<String, String> values) {
        Map<String, String> environment = new HashMap<>();
        environment.put("BIDA_HEAP", values.getOrDefault("--heap", "640m"));
        if (values.containsKey("--java-opts")) {
            environment.put("BIDA_JAVA_OPTS", String.valueOf(values.get("--java-opts")));
        }
        return environment;
    }
}
