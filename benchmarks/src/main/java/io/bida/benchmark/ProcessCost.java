package io.bida.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has used so far, as {@code /proc} tells it (Linux only).
 *
 * @param cpuSeconds processor time in user and system mode since it started, all threads
 * @param residentMiB memory it has in RAM now
 * @param largestResidentMiB the most it ever had in RAM
 */
record ProcessCost(double cpuSeconds, double residentMiB, double largestResidentMiB) {

    /** Clock ticks per second in /proc. Source: proc(5), USER_HZ, 100 on every architecture that Linux runs Java on. */
    private static final double TICKS_PER_SECOND = 100.0;

    private static final double KIB_PER_MIB = 1024.0;

    /** Fields of /proc/PID/stat counted from the one after the name in parentheses: utime, stime. Source: proc(5). */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;

    /** What this process has used until now. */
    static ProcessCost of(long pid) {
        return of(Path.of("/proc", Long.toString(pid)));
    }

    /** What the process with this directory under /proc has used until now. */
    static ProcessCost of(Path directory) {
        try {
            String stat = Files.readString(directory.resolve("stat"));
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ", -1));
            double ticks = Double.parseDouble(fields.get(USER_TIME)) + Double.parseDouble(fields.get(SYSTEM_TIME));
            List<String> status = Files.readAllLines(directory.resolve("status"));
            return new ProcessCost(
                    ticks / TICKS_PER_SECOND, kiB(status, "VmRSS:") / KIB_PER_MIB, kiB(status, "VmHWM:") / KIB_PER_MIB);
        } catch (IOException e) {
            throw new UncheckedIOException("no such process, or no /proc: " + directory, e);
        }
    }

    private static double kiB(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(
                        line.substring(name.length()).replace("kB", "").trim()))
                .findFirst()
                .orElse(0);
    }
}
