package io.bida.message.lifecycle;

/**
 * Where a message is in its life.
 *
 * <pre>
 * send ── delay &gt; 0 ──► DELAYED ──(delay over)──► ACTIVE ──receive──► INACTIVE ──delete──► gone
 *   └──── delay = 0 ────────────────────────────►  ▲                      │
 *                                                  └──(visibility over)───┘
 * any state ──(retention over since sending)──► gone
 * </pre>
 *
 * <p>Source: wire specification 5.3, API 2015-06-06.
 */
public enum MessageState {
    /** Not yet visible for the first time; counted in DelayMessages. */
    DELAYED,
    /** Can be received and peeked; counted in ActiveMessages. */
    ACTIVE,
    /** Received and hidden until its visibility timeout ends; counted in InactiveMessages. */
    INACTIVE
}
