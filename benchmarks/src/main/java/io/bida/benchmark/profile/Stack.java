package io.bida.benchmark.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One recorded stack.
 *
 * @param methods the methods on it, innermost first, each as class name, dot, method name
 */
record Stack(List<String> methods) {

    private static final String OURS = "io.bida.";
    private static final String NOBODY = "(nothing of ours on the stack)";

    /** The innermost method: where the time was spent or the object made. */
    String top() {
        return methods.isEmpty() ? "(no stack)" : methods.get(0);
    }

    /** Our innermost method: which of ours wanted it. */
    String ours() {
        return methods.stream()
                .filter(method -> method.startsWith(OURS))
                .findFirst()
                .orElse(NOBODY);
    }

    /** The package of the innermost method, down to its third part: whose code it is, roughly. */
    String library() {
        List<String> parts = List.of(top().split("\\.", -1));
        int packageParts = (int) parts.stream()
                .takeWhile(part -> !part.isEmpty() && Character.isLowerCase(part.charAt(0)))
                .count();
        return String.join(".", parts.subList(0, Math.min(3, packageParts)));
    }

    /**
     * How the outermost method whose name begins so was reached: itself and its callers, at most {@code depth} of them,
     * one a line.
     *
     * @param prefix the beginning of a class or method name; with none, every stack is the same
     */
    String wayInto(@Nullable String prefix, int depth) {
        for (int i = methods.size() - 1; prefix != null && i >= 0; i--) {
            if (methods.get(i).startsWith(prefix)) {
                return String.join("\n                     ", methods.subList(i, Math.min(methods.size(), i + depth)));
            }
        }
        return "(not on the stack)";
    }
}
