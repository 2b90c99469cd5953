package dev.larder.benchmarks;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The modules of the build, and which of the others each may use. */
enum Module {
  CORE("larder-core"),
  JSON("larder-json", CORE),
  REDIS("larder-redis", CORE),
  JDBC("larder-jdbc", CORE),
  WEB("larder-web", CORE),
  CONSOLE("larder-console", CORE),
  TESTKIT("larder-testkit", CORE),
  SPRING("larder-spring", CORE),
  HIBERNATE("larder-hibernate", CORE, SPRING),
  SPRING_BOOT("larder-spring-boot-starter", CORE, JSON, REDIS, JDBC, CONSOLE, SPRING, HIBERNATE),
  CLI("larder-cli", CORE),
  SHOWCASE(
      "showcase", CORE, JSON, REDIS, JDBC, WEB, CONSOLE, TESTKIT, SPRING, HIBERNATE, SPRING_BOOT),
  BENCHMARKS("benchmarks", CORE, JSON, REDIS, JDBC, TESTKIT, SPRING, SPRING_BOOT, CLI, SHOWCASE);

  private final String folder;
  private final Set<Module> uses;
  private final Pattern made;

  Module(String folder, Module... uses) {
    this.folder = folder;
    this.uses = Set.of(uses);
    this.made =
        Pattern.compile("/%1$s(-[0-9][^/]*)?\\.jar!|/%1$s/target/(.*/)?classes/".formatted(folder));
  }

  /** The modules whose classes this one must not see. */
  List<Module> forbidden() {
    return Arrays.stream(values())
        .filter(other -> other != this && !uses.contains(other))
        .toList();
  }

  /** The module whose jar or class folder the class was read from; empty for a library's class. */
  static Optional<Module> of(JavaClass type) {
    return type.getBaseComponentType()
        .getSource()
        .map(source -> source.getUri().toString())
        .flatMap(uri -> Arrays.stream(values())
            .filter(module -> module.made.matcher(uri).find())
            .findFirst());
  }

  /** True of the classes of this module. */
  DescribedPredicate<JavaClass> classes() {
    return DescribedPredicate.describe(
        "classes of " + folder, type -> of(type).filter(this::equals).isPresent());
  }

  @Override
  public String toString() {
    return folder;
  }
}
