package dev.larder.testkit;

/** A call that a store answers, by the name that {@link FaultyStore} knows it under. */
public enum Call {
  /** {@link dev.larder.tier.Tier#read}. */
  TIER_READ("tier.read"),
  /** {@link dev.larder.tier.Tier#readAll}. */
  TIER_READ_ALL("tier.readAll"),
  /** {@link dev.larder.tier.Tier#plant}. */
  TIER_PLANT("tier.plant"),
  /** {@link dev.larder.tier.Tier#plantAll}. */
  TIER_PLANT_ALL("tier.plantAll"),
  /** {@link dev.larder.tier.Tier#fill}. */
  TIER_FILL("tier.fill"),
  /** {@link dev.larder.tier.Tier#fillAll}. */
  TIER_FILL_ALL("tier.fillAll"),
  /** {@link dev.larder.tier.Tier#release}. */
  TIER_RELEASE("tier.release"),
  /** {@link dev.larder.tier.Tier#delete}. */
  TIER_DELETE("tier.delete"),
  /** {@link dev.larder.tier.Tier#touch}. */
  TIER_TOUCH("tier.touch"),
  /** {@link dev.larder.tier.Tier#keys}. */
  TIER_KEYS("tier.keys"),
  /** {@link dev.larder.tier.Tier#size}. */
  TIER_SIZE("tier.size"),
  /** {@link dev.larder.tier.Board#pin}. */
  BOARD_PIN("board.pin"),
  /** {@link dev.larder.tier.Board#unpin}. */
  BOARD_UNPIN("board.unpin"),
  /** {@link dev.larder.tier.Board#notes}. */
  BOARD_NOTES("board.notes"),
  /** {@link dev.larder.log.InvalidationLog#tail}. */
  LOG_TAIL("log.tail"),
  /** {@link dev.larder.log.InvalidationLog#openEpoch}. */
  LOG_OPEN_EPOCH("log.openEpoch"),
  /** {@link dev.larder.log.InvalidationLog#append}. */
  LOG_APPEND("log.append"),
  /** {@link dev.larder.log.InvalidationLog#read}. */
  LOG_READ("log.read"),
  /** {@link dev.larder.log.InvalidationLog#await}. */
  LOG_AWAIT("log.await"),
  /** {@link dev.larder.log.InvalidationLog#markers}. */
  LOG_MARKERS("log.markers"),
  /** {@link dev.larder.log.InvalidationLog#holdMarkers}. */
  LOG_HOLD_MARKERS("log.holdMarkers"),
  /** {@link dev.larder.log.OriginLog#unforwarded}. */
  LOG_UNFORWARDED("log.unforwarded"),
  /** {@link dev.larder.log.OriginLog#markForwarded}. */
  LOG_MARK_FORWARDED("log.markForwarded"),
  /** {@link dev.larder.tier.Store#checkup}. */
  STORE_CHECKUP("store.checkup"),
  /**
   * {@link dev.larder.tier.Store#invalidate} of a store that has its own. One that has the default is
   * seen as {@link #TIER_DELETE} and {@link #LOG_APPEND}.
   */
  STORE_INVALIDATE("store.invalidate");

  private final String text;

  Call(String text) {
    this.text = text;
  }

  /** Part and method, for example {@code tier.read}. */
  @Override
  public String toString() {
    return text;
  }
}
