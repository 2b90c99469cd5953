package dev.larder.hibernate;

/**
 * What becomes of what a load reads through Hibernate, where its cache does not capture. A cache that
 * does ({@link dev.larder.CachePolicyBuilder#capture}) gets it as tags in every mode.
 */
public enum CaptureMode {

  /** Nothing. The default. */
  ENFORCE,

  /** The log names each tag that the entry would have, at debug level. */
  OBSERVE,

  /** The log names, once for each cache and kind of dependency, what to write on it, at info level. */
  SUGGEST
}
