package io.bida.sdk;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What a client says about a queue: only the attributes it names are sent. */
public record QueueSettings(Map<QueueSetting, Long> values, boolean loggingEnabled) {

    public QueueSettings {
        values = Map.copyOf(values);
    }

    /** Names no attribute. */
    public static QueueSettings none() {
        return new QueueSettings(Map.of(), false);
    }

    /** Every attribute at its default, as a server must fill them in. */
    public static QueueSettings defaults() {
        QueueSettings all = none();
        for (QueueSetting setting : QueueSetting.values()) {
            all = all.with(setting, setting.defaultValue());
        }
        return all;
    }

    public QueueSettings with(QueueSetting setting, long value) {
        Map<QueueSetting, Long> more = new EnumMap<>(QueueSetting.class);
        more.putAll(values);
        more.put(setting, value);
        return new QueueSettings(more, loggingEnabled);
    }

    public QueueSettings withLogging() {
        return new QueueSettings(values, true);
    }

    /** The value named for {@code setting}, if any. */
    public Optional<Long> find(QueueSetting setting) {
        return Optional.ofNullable(values.get(setting));
    }
}
