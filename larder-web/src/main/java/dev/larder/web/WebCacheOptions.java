package dev.larder.web;

import dev.larder.ConfigurationException;
import dev.larder.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What holds for all responses of one filter. Immutable; safe for many threads. */
public final class WebCacheOptions {

  /** Under which name tags are told to caches outside. */
  public enum TagHeader {
    /** Not at all. */
    NONE,
    /** {@code Surrogate-Key}, parted by blanks. */
    SURROGATE_KEY,
    /** {@code Cache-Tag}, parted by commas. */
    CACHE_TAG
  }

  private final Builder set;

  private WebCacheOptions(Builder set) {
    this.set = set;
  }

  /** Everything as by default. */
  public static WebCacheOptions ofDefaults() {
    return builder().build();
  }

  /** Starts options. */
  public static Builder builder() {
    return new Builder();
  }

  String name() {
    return set.name;
  }

  boolean sendsStatus() {
    return set.sendsStatus;
  }

  TagHeader tagHeader() {
    return set.tagHeader;
  }

  int maxBodyBytes() {
    return set.maxBodyBytes;
  }

  double clientRefreshesPerSecond() {
    return set.clientRefreshesPerSecond;
  }

  String targetedControl() {
    return set.targetedControl;
  }

  boolean writesInvalidate() {
    return set.writesInvalidate;
  }

  Duration passFor() {
    return set.passFor;
  }

  VisitorResolver visitors() {
    return set.visitors;
  }

  List<FillGuard> guards() {
    return set.guards;
  }

  TimeSource time() {
    return set.time;
  }

  /** Builds options. Not safe for many threads. */
  public static final class Builder {

    private String name = "larder";
    private boolean sendsStatus = true;
    private TagHeader tagHeader = TagHeader.NONE;
    private int maxBodyBytes = 1024 * 1024;
    private double clientRefreshesPerSecond;
    private String targetedControl = "";
    private boolean writesInvalidate = true;
    private Duration passFor = Duration.ofSeconds(10);
    private VisitorResolver visitors = VisitorResolver.SERVLET;
    private List<FillGuard> guards = List.of();
    private TimeSource time = TimeSource.SYSTEM;

    private Builder() {}

    /** The cache's name in {@code Cache-Status}: default {@code larder}; letters, digits, - and _. */
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /** Whether {@code Cache-Status} is sent: default yes. It names unkeyed inputs, never values. */
    public Builder sendsStatus(boolean sends) {
      this.sendsStatus = sends;
      return this;
    }

    /** Whether tags are sent, for a CDN to purge by: default not. */
    public Builder tagHeader(TagHeader header) {
      this.tagHeader = header;
      return this;
    }

    /** Longest body that is kept: default 1 MiB, 1 KiB to 64 MiB. A longer one is passed on. */
    public Builder maxBodyBytes(int bytes) {
      this.maxBodyBytes = bytes;
      return this;
    }

    /**
     * How many requests a second may force a refresh by {@code Cache-Control: no-cache}, all
     * together: default 0, they are answered like any other; at most 1,000.
     */
    public Builder clientRefreshesPerSecond(double refreshes) {
      this.clientRefreshesPerSecond = refreshes;
      return this;
    }

    /**
     * Name of a targeted field that this cache listens to, {@code CDN-Cache-Control} or one of its own
     * (RFC 9213): default none. Where a handler sends it, {@code Cache-Control} and {@code Expires} are
     * for others.
     */
    public Builder targetedControl(String field) {
      this.targetedControl = field;
      return this;
    }

    /**
     * Whether a POST, PUT, PATCH or DELETE that succeeded ends what is stored for the same resource
     * (RFC 9111, section 4.4): default yes.
     */
    public Builder writesInvalidate(boolean invalidate) {
      this.writesInvalidate = invalidate;
      return this;
    }

    /**
     * How long requests go straight to a handler whose response could not be stored, rather than wait
     * for one another in vain: default 10 s, 0 (not at all) to 1 h.
     */
    public Builder passFor(Duration time) {
      this.passFor = time;
      return this;
    }

    /** Who sends a request: default by the servlet API. */
    public Builder visitors(VisitorResolver visitors) {
      this.visitors = visitors;
      return this;
    }

    /** What frameworks know of further inputs: default none. */
    public Builder guards(List<FillGuard> guards) {
      this.guards = List.copyOf(guards);
      return this;
    }

    /** Clocks, for tests; the larder's own. */
    public Builder time(TimeSource time) {
      this.time = time;
      return this;
    }

    /**
     * The options.
     *
     * @throws ConfigurationException naming every wrong setting
     */
    public WebCacheOptions build() {
      List<String> faults = new ArrayList<>();
      if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,63}")) {
        faults.add("name: \"" + name + "\" is not 1 to 64 letters, digits, - and _");
      }
      if (maxBodyBytes < 1024 || maxBodyBytes > 64 * 1024 * 1024) {
        faults.add("maxBodyBytes: " + maxBodyBytes + " is not 1024 to 67108864");
      }
      if (!(clientRefreshesPerSecond >= 0 && clientRefreshesPerSecond <= 1_000)) {
        faults.add("clientRefreshesPerSecond: " + clientRefreshesPerSecond + " is not 0 to 1000");
      }
      if (!targetedControl.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]*")) {
        faults.add("targetedControl: \"" + targetedControl + "\" is not the name of a header");
      }
      if (passFor.isNegative() || passFor.compareTo(Duration.ofHours(1)) > 0) {
        faults.add("passFor: " + passFor + " is not 0 to 1 h");
      }
      if (!faults.isEmpty()) {
        throw new ConfigurationException("response cache: " + String.join("; ", faults));
      }
      Builder copy = new Builder();
      copy.name = name;
      copy.sendsStatus = sendsStatus;
      copy.tagHeader = tagHeader;
      copy.maxBodyBytes = maxBodyBytes;
      copy.clientRefreshesPerSecond = clientRefreshesPerSecond;
      copy.targetedControl = targetedControl;
      copy.writesInvalidate = writesInvalidate;
      copy.passFor = passFor;
      copy.visitors = visitors;
      copy.guards = guards;
      copy.time = time;
      return new WebCacheOptions(copy);
    }
  }
}
