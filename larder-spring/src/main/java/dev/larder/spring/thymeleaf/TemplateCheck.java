package dev.larder.spring.thymeleaf;

import dev.larder.ConfigurationException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.exceptions.TemplateEngineException;
import org.thymeleaf.model.IAttribute;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.model.IStandaloneElementTag;
import org.thymeleaf.spring6.templateresource.SpringResourceTemplateResource;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateparser.markup.HTMLTemplateParser;

/**
 * Reads all templates when the application starts: a fragment that can't work stops it, rather than the
 * first page that holds it. The caches of the others are made.
 *
 * <p>Templates that are not found so, since another resolver brings them, are checked when they are used.
 */
public final class TemplateCheck implements SmartInitializingSingleton {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.spring.thymeleaf");

  private static final int BUFFER = 4096;

  private final FragmentCaches caches;
  private final Supplier<IEngineConfiguration> engine;
  private final ResourcePatternResolver resources;
  private final String prefix;
  private final String suffix;
  private final Charset charset;

  /**
   * For the templates of one resolver.
   *
   * @param prefix what comes before the name of a template, as {@code classpath:/templates/}
   * @param suffix what comes after it, as {@code .html}
   * @param charset in which they are written
   */
  public TemplateCheck(
      FragmentCaches caches,
      Supplier<IEngineConfiguration> engine,
      ResourcePatternResolver resources,
      String prefix,
      String suffix,
      Charset charset) {
    this.caches = caches;
    this.engine = engine;
    this.resources = resources;
    this.prefix = prefix;
    this.suffix = suffix;
    this.charset = charset;
  }

  /**
   * Reads them.
   *
   * @throws ConfigurationException naming template, line and mend of every fragment that can't work
   */
  @Override
  public void afterSingletonsInstantiated() {
    Set<String> faults = new LinkedHashSet<>();
    for (Resource resource : templates()) {
      try {
        String text = resource.getContentAsString(charset);
        if (text.contains("larder:") || text.contains("data-larder-")) {
          check(resource, faults);
        }
      } catch (IOException | TemplateEngineException unreadable) {
        // Not this dialect's to complain of: whoever uses the template will hear of it.
        logger.debug("{} is not checked", resource, unreadable);
      }
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationException(String.join("\n", faults));
    }
  }

  private Resource[] templates() {
    try {
      return resources.getResources(prefix + "**/*" + suffix);
    } catch (IOException none) {
      logger.debug("no templates at {}", prefix, none);
      return new Resource[0];
    }
  }

  private void check(Resource resource, Set<String> faults) throws IOException {
    String uri = resource.getURI().toString();
    String folder = prefix.substring(prefix.indexOf(':') + 1);
    int at = uri.lastIndexOf(folder);
    String file =
        at < 0 ? String.valueOf(resource.getFilename()) : uri.substring(at + folder.length());
    String name = file.endsWith(suffix) ? file.substring(0, file.length() - suffix.length()) : file;
    IEngineConfiguration configuration = engine.get();
    new HTMLTemplateParser(1, BUFFER)
        .parseStandalone(
            configuration,
            null,
            name,
            null,
            new SpringResourceTemplateResource(resource, charset.name()),
            TemplateMode.HTML,
            false,
            new Elements(configuration, faults));
  }

  /** Sees each element of a template. */
  private final class Elements extends AbstractTemplateHandler {

    private final IEngineConfiguration configuration;
    private final Set<String> faults;

    Elements(IEngineConfiguration configuration, Set<String> faults) {
      this.configuration = configuration;
      this.faults = faults;
    }

    @Override
    public void handleOpenElement(IOpenElementTag tag) {
      check(tag);
    }

    @Override
    public void handleStandaloneElement(IStandaloneElementTag tag) {
      check(tag);
    }

    private void check(IProcessableElementTag tag) {
      for (IAttribute attribute : tag.getAllAttributes()) {
        if (FragmentDeclaration.isOwn(attribute)) {
          try {
            FragmentDeclaration declared = FragmentDeclaration.of(tag, caches.policies());
            FragmentExpressions.check(declared, configuration);
            caches.of(declared);
          } catch (ConfigurationException fault) {
            faults.add(String.valueOf(fault.getMessage()));
          }
          return;
        }
      }
    }
  }
}
