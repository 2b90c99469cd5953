package dev.larder.integration;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a test has opened. Closing it closes all of it, the last first. */
final class Opened implements AutoCloseable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception failure) {
        throw new IllegalStateException("could not close what a test has opened", failure);
      }
    }
  }
}
