package io.bida.drill.server;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node says at {@code GET /health/cluster}, as far as a drill needs it.
 *
 * @param members how many nodes it sees, itself included
 * @param underReplicated segments that have fewer copies than they should
 * @param canLoseANode whether everything would still be there without any one node
 * @param text all of it
 */
public record ClusterState(int members, long underReplicated, boolean rebalancing, boolean canLoseANode, String text) {

    private static final Pattern MEMBERS = Pattern.compile("\"members\"\\s*:\\s*\\[([^\\]]*)\\]");

    /** Reads the answer; empty where it is something else. */
    public static Optional<ClusterState> parse(String json) {
        Matcher members = MEMBERS.matcher(json);
        Optional<String> underReplicated = value(json, "underReplicated");
        Optional<String> canLose = value(json, "canLoseANode");
        if (!members.find() || underReplicated.isEmpty() || canLose.isEmpty()) {
            return Optional.empty();
        }
        // Members are names, or objects of which each has one name.
        String list = members.group(1);
        long named =
                Pattern.compile("\"(name|node)\"\\s*:").matcher(list).results().count();
        long plain = list.isBlank() ? 0 : list.chars().filter(c -> c == ',').count() + 1;
        return Optional.of(new ClusterState(
                (int) (named > 0 ? named : plain),
                Long.parseLong(underReplicated.orElseThrow()),
                value(json, "rebalancing")
                        .map(v -> !v.equals("false") && !v.equals("0"))
                        .orElse(false),
                canLose.orElseThrow().equals("true"),
                json));
    }

    /** Everything has all its copies, and nothing is on its way. */
    public boolean isComplete() {
        return underReplicated == 0 && canLoseANode;
    }

    private static Optional<String> value(String json, String name) {
        Matcher matcher =
                Pattern.compile("\"" + name + "\"\\s*:\\s*\"?(-?[A-Za-z0-9.]+)").matcher(json);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
