package dev.larder.tier;

import java.nio.ByteBuffer;

/** What a slot of a tier holds. */
public sealed interface Slot permits Slot.Empty, Slot.Placeholder, Slot.Filled {

  /** The nonce of what is in the slot; 0 when it is empty. */
  long nonce();

  /** Nothing, or something that is not ours (foreign bytes count as empty but are not free). */
  record Empty(boolean foreign) implements Slot {
    /** A slot without anything in it. */
    public static final Empty FREE = new Empty(false);

    /** A slot with bytes that no Larder wrote. */
    public static final Empty FOREIGN = new Empty(true);

    @Override
    public long nonce() {
      return 0;
    }
  }

  /** The lease of somebody who is loading. */
  record Placeholder(long nonce) implements Slot {}

  /**
   * An entry.
   *
   * @param nonce what a compare-and-set must name
   * @param body the sealed entry; the reader may move its position and nobody else holds it
   */
  record Filled(long nonce, ByteBuffer body) implements Slot {}
}
