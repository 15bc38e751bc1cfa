package io.bida.drill.history;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a history comes to.
 *
 * @param violations every promise broken
 * @param doubledInWindows messages given to a second receiver while a first held them, where a declared disturbance
 *     allows it
 * @param handlesRefusedInWindows valid handles that deleted nothing, where a declared disturbance allows it
 * @param offByClock delays that were too short, and handles that lived too long, by no more than a declared disturbance
 *     had moved a clock
 */
public record Verdict(
        List<Violation> violations, long doubledInWindows, long handlesRefusedInWindows, long offByClock) {

    public Verdict {
        violations = List.copyOf(violations);
    }

    public boolean isClean() {
        return violations.isEmpty();
    }

    public long count(Violation.Rule rule) {
        return violations.stream().filter(v -> v.rule() == rule).count();
    }

    /** Acknowledged messages that are gone. */
    public long lost() {
        return count(Violation.Rule.LOST) + count(Violation.Rule.LOST_LATER);
    }

    /** How often each promise was broken; empty if none was. */
    public Map<Violation.Rule, Long> broken() {
        Map<Violation.Rule, Long> broken = new TreeMap<>();
        violations.forEach(v -> broken.merge(v.rule(), 1L, Long::sum));
        return broken;
    }
}
