package dev.larder.testkit;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A source of truth whose values tell their age: each item has a version that its writers count up.
 *
 * <p>A read and a commit are one step each; {@link #onRead} and {@link #onCommit} run right behind
 * that step, where a real source's answer is on its way and the interleavings lie. Safe for use by
 * many threads.
 */
public final class VersionedSource {

  private final int perGroup;
  private final AtomicLongArray versions;
  private volatile Runnable onRead = () -> {};
  private volatile Runnable onCommit = () -> {};

  /**
   * The key of an item.
   *
   * @param group its group: what prefixes and group tags cover
   * @param id its number among all items
   */
  public record Item(int group, int id) {

    /** The tag of its group. */
    public String tag() {
      return tag(group);
    }

    /** The tag of a group. */
    public static String tag(int group) {
      return "group:" + group;
    }
  }

  /** A source of {@code groups} times {@code perGroup} items, all at version 0. */
  public VersionedSource(int groups, int perGroup) {
    this.perGroup = perGroup;
    versions = new AtomicLongArray(groups * perGroup);
  }

  /** Runs behind each read of {@link #load}, before its value is returned. */
  public void onRead(Runnable hook) {
    onRead = hook;
  }

  /** Runs behind each {@link #commit}, before it returns. */
  public void onCommit(Runnable hook) {
    onCommit = hook;
  }

  /** How many items there are. */
  public int size() {
    return versions.length();
  }

  /** The item of a number from 0 to {@link #size} less 1. */
  public Item item(int id) {
    return new Item(id / perGroup, id);
  }

  /** The version of an item now. */
  public long version(Item item) {
    return versions.get(item.id());
  }

  /** Reads an item, as a loader would. */
  public String load(Item item) {
    String value = value(item, versions.get(item.id()));
    onRead.run();
    return value;
  }

  /** Writes an item anew. Its new version. */
  public long commit(Item item) {
    long version = versions.incrementAndGet(item.id());
    onCommit.run();
    return version;
  }

  /** The value of an item at a version: {@code id@version}. */
  public static String value(Item item, long version) {
    return item.id() + "@" + version;
  }

  /**
   * The version that a value tells.
   *
   * @throws AssertionError if it is not a value of that item
   */
  public static long version(Item item, String value) {
    String own = item.id() + "@";
    if (!value.startsWith(own)) {
      throw new AssertionError("'" + value + "' was returned for " + item);
    }
    return Long.parseLong(value.substring(own.length()));
  }
}
