package dev.larder.spring.thymeleaf;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.dialect.AbstractProcessorDialect;
import org.thymeleaf.processor.IProcessor;
import org.thymeleaf.standard.StandardDialect;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * Keeps what is in an element:
 *
 * <pre>{@code
 * <div larder:cache="club_stats" larder:key="${club.id}" larder:ttl="5m" larder:tags="|club:${club.id}|">
 *   ...
 * </div>
 * }</pre>
 *
 * <p>The element itself is not kept: its other attributes are evaluated for each page, and what repeats
 * or removes it ({@code th:each}, {@code th:if}, {@code th:with}) comes first. On a hit nothing that
 * stands in the element is evaluated. {@code larder:key} and {@code larder:tags} are expressions of
 * Thymeleaf parted by commas, the other attributes texts.
 *
 * <p>A fragment that reads more of its request or visitor than its key holds is rendered, not stored,
 * and named in the log. Immutable; safe for many threads. A hit costs what {@code Cache.get} does.
 */
public final class LarderDialect extends AbstractProcessorDialect {

  private static final String NAME = "Larder";

  private final @Nullable FragmentCaches caches;

  private LarderDialect(@Nullable FragmentCaches caches) {
    super(NAME, FragmentDeclaration.PREFIX, StandardDialect.PROCESSOR_PRECEDENCE);
    this.caches = caches;
  }

  /** Fragments are kept in these caches. */
  public static LarderDialect on(FragmentCaches caches) {
    return new LarderDialect(caches);
  }

  /** Nothing is kept; the attributes are taken out of pages. */
  public static LarderDialect off() {
    return new LarderDialect(null);
  }

  @Override
  public Set<IProcessor> getProcessors(String prefix) {
    Set<IProcessor> processors = new LinkedHashSet<>();
    Fragments fragments = caches == null ? null : new Fragments(caches);
    for (TemplateMode mode : new TemplateMode[] {TemplateMode.HTML, TemplateMode.XML}) {
      if (caches != null) {
        processors.add(new FragmentCheck(mode, prefix, caches));
        processors.add(new BodyGathering(mode, prefix));
      }
      processors.add(new FragmentProcessor(mode, prefix, caches, fragments));
    }
    return processors;
  }
}
