package dev.larder.showcase.chaos;

/** Whoever has started Redis, and so can end it and start it again. */
@FunctionalInterface
public interface RedisOwner {

  /** What can be asked of them. */
  enum Order {
    /** End it at once, without saving. */
    STOP,
    /** Start it again at the same address, with what it had saved; nothing if it runs. */
    START
  }

  /** Asks for it; it is done a little later. */
  void ask(Order order);
}
