package io.bida.sdk;

/** A numeric attribute of a queue that a client may set. Source: API 2015-06-06, CreateQueue. */
public enum QueueSetting {
    /** Seconds, 0 to 604800, default 0. */
    DELAY_SECONDS(0),
    /** Bytes, 1024 to 65536, default 65536. */
    MAXIMUM_MESSAGE_SIZE(65_536),
    /** Seconds, 60 to 604800, default 345600 (four days). */
    MESSAGE_RETENTION_PERIOD(345_600),
    /** Seconds, 1 to 43200, default 30. */
    VISIBILITY_TIMEOUT(30),
    /** Seconds, 0 to 30, default 0. */
    POLLING_WAIT_SECONDS(0);

    private final long defaultValue;

    QueueSetting(long defaultValue) {
        this.defaultValue = defaultValue;
    }

    public long defaultValue() {
        return defaultValue;
    }
}
