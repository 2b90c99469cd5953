package dev.larder.spring.thymeleaf;

import dev.larder.ConfigurationException;
import dev.larder.spring.CachePolicies;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.model.IAttribute;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.model.IStandaloneElementTag;

/**
 * What an element says of its fragment.
 *
 * @param cache name of the cache
 * @param key expressions of the key, parted by commas; empty if there is one entry only
 * @param ttl how long it is fresh; null for the cache's own
 * @param tags expressions of the tags, parted by commas; empty for none
 * @param scope whom it is for
 */
record FragmentDeclaration(
    FragmentPlace place,
    String cache,
    String key,
    @Nullable Duration ttl,
    String tags,
    FragmentScope scope) {

  static final String PREFIX = "larder";
  static final String CACHE = "cache";

  private static final Set<String> KNOWN = Set.of(CACHE, "key", "ttl", "tags", "scope");

  /** Attributes that replace the element or what is in it, and so what would be stored. */
  private static final List<String> REPLACING =
      List.of("insert", "replace", "include", "text", "utext");

  /**
   * Reads and checks the attributes of an element that has at least one of the dialect's.
   *
   * @throws ConfigurationException naming template, line and mend
   */
  static FragmentDeclaration of(IProcessableElementTag tag, CachePolicies policies) {
    FragmentPlace place = FragmentPlace.of(tag);
    for (IAttribute attribute : tag.getAllAttributes()) {
      if (isOwn(attribute) && !KNOWN.contains(nameOf(attribute))) {
        throw fault(
            place,
            attribute.getAttributeCompleteName() + " is no attribute of fragments",
            "there are larder:cache, larder:key, larder:ttl, larder:tags, larder:scope");
      }
    }
    String cache = tag.getAttributeValue(PREFIX, CACHE);
    if (cache == null) {
      throw fault(
          place,
          "it has attributes of a fragment but no larder:cache",
          "add larder:cache with the name of the cache");
    }
    if (!cache.matches("[A-Za-z0-9_.-]{1,100}")) {
      throw fault(
          place,
          "larder:cache \"" + cache + "\" is no name of a cache",
          "write letters, digits, _ . - (it is a text, not an expression)");
    }
    checkElement(tag, place);
    return new FragmentDeclaration(
        place,
        cache,
        text(tag, "key"),
        ttl(tag, place, policies),
        text(tag, "tags"),
        scope(tag, place));
  }

  private static void checkElement(IProcessableElementTag tag, FragmentPlace place) {
    if (tag instanceof IStandaloneElementTag) {
      throw fault(
          place,
          "<" + tag.getElementCompleteName() + "> has nothing in it to store",
          "put larder:cache on the element around it");
    }
    for (String replacing : REPLACING) {
      if (tag.hasAttribute("th", replacing)) {
        throw fault(
            place,
            "th:" + replacing + " on the same element puts something else in its place",
            "put th:" + replacing + " on an element inside the one with larder:cache");
      }
    }
  }

  private static @Nullable Duration ttl(
      IProcessableElementTag tag, FragmentPlace place, CachePolicies policies) {
    String text = text(tag, "ttl");
    if (text.isBlank()) {
      return null;
    }
    try {
      return policies.time(text);
    } catch (IllegalArgumentException wrong) {
      throw fault(
          place,
          "larder:ttl \"" + text + "\" is no length of time",
          "write 5m, 300 (seconds), PT5M, or one of the ttl classes " + policies.ttlClasses());
    }
  }

  private static FragmentScope scope(IProcessableElementTag tag, FragmentPlace place) {
    String word = text(tag, "scope");
    FragmentScope scope = word.isBlank() ? FragmentScope.PUBLIC : FragmentScope.of(word);
    if (scope == null) {
      throw fault(
          place,
          "larder:scope \"" + word + "\" is not known",
          "there are " + FragmentScope.words());
    }
    return scope;
  }

  private static String text(IProcessableElementTag tag, String name) {
    return Objects.requireNonNullElse(tag.getAttributeValue(PREFIX, name), "");
  }

  /** Whether an attribute is one of the dialect's. */
  static boolean isOwn(IAttribute attribute) {
    return PREFIX.equals(attribute.getAttributeDefinition().getAttributeName().getPrefix());
  }

  private static String nameOf(IAttribute attribute) {
    return attribute.getAttributeDefinition().getAttributeName().getAttributeName();
  }

  static ConfigurationException fault(FragmentPlace place, String what, String mend) {
    return new ConfigurationException("larder:cache in " + place + ": " + what + "; " + mend);
  }
}
