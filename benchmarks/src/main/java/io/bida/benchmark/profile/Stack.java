package io.bida.benchmark.profile;

import java.util.List;
import java.util.Optional;

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

    /** The outermost of our methods, which tells the requests apart. */
    Optional<String> entry() {
        return methods.stream().filter(method -> method.startsWith(OURS)).reduce((inner, outer) -> outer);
    }
}
