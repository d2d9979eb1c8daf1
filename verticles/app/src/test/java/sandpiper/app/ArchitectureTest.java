package sandpiper.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.testkit.SharedData;

/// The arrows of the house: `app → verticles → bus → domain`, and nothing across.
@AnalyzeClasses(packages = "sandpiper", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final List<String> VERTICLES =
      List.of("feeds", "indicators", "strategies", "orders", "persistence", "sessions", "gateway");

  @ArchTest
  static void verticlesDoNotKnowEachOther(JavaClasses all) {
    for (var one : VERTICLES) {
      var others =
          VERTICLES.stream()
              .filter(other -> !other.equals(one))
              .map(other -> "sandpiper." + other + "..");
      noClasses()
          .that()
          .resideInAPackage("sandpiper." + one + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others.toArray(String[]::new))
          .check(all);
    }
  }

  @ArchTest
  static final ArchRule theDomainIsPlainJava =
      classes()
          .that()
          .resideInAPackage("sandpiper.domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("sandpiper.domain..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule theDomainHasNoClockAndNoDatabase =
      noClasses()
          .that()
          .resideInAPackage("sandpiper.domain..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..", "java.net..", "java.nio.file..", "java.util.concurrent..")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Clock.class, Instant.class, Thread.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule theBusKnowsTheDomainOnly =
      noClasses()
          .that()
          .resideInAPackage("sandpiper.bus..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "sandpiper.app..",
              "sandpiper.feeds..",
              "sandpiper.indicators..",
              "sandpiper.strategies..",
              "sandpiper.orders..",
              "sandpiper.persistence..",
              "sandpiper.sessions..",
              "sandpiper.gateway..");

  @ArchTest
  static final ArchRule heavyLibrariesStayWhereTheyAreUsed =
      noClasses()
          .that()
          .resideOutsideOfPackage("sandpiper.strategies..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.graalvm..");

  @ArchTest
  static final ArchRule sqlStaysInPersistence =
      noClasses()
          .that()
          .resideOutsideOfPackage("sandpiper.persistence..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vertx.sqlclient..", "io.vertx.pgclient..", "org.flywaydb..", "java.sql..");

  /// The dialect of an exchange is what its adapter and its simulation share, and no more.
  @ArchTest
  static final ArchRule theDialectOfAnExchangeStandsAlone =
      classes()
          .that()
          .resideInAnyPackage("sandpiper.mexc", "sandpiper.mexc.wire")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "sandpiper.mexc",
              "sandpiper.mexc.wire",
              "java..",
              "javax.crypto..",
              "org.jspecify..",
              "com.google.protobuf..");

  @ArchTest
  static final ArchRule nobodyKnowsTheSimulatedExchange =
      noClasses()
          .that()
          .resideOutsideOfPackage("sandpiper.mexc.simulator..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("sandpiper.mexc.simulator..");

  @ArchTest
  static final ArchRule theSimulatedExchangeKnowsNothingOfThePlatform =
      noClasses()
          .that()
          .resideInAPackage("sandpiper.mexc.simulator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "sandpiper.app..",
              "sandpiper.bus..",
              "sandpiper.indicators..",
              "sandpiper.strategies..",
              "sandpiper.orders..",
              "sandpiper.persistence..",
              "sandpiper.sessions..",
              "sandpiper.gateway..");

  @ArchTest
  static final ArchRule httpStaysInTheGatewayAndWithTheExchange =
      noClasses()
          .that()
          .resideOutsideOfPackages("sandpiper.gateway..", "sandpiper.mexc..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx.ext.web..", "io.vertx.core.http..");

  /// The simulated exchange, which nobody knows, is not of the slice whose dialect it speaks.
  @ArchTest
  static final ArchRule noCycles =
      slices()
          .matching("sandpiper.(*)..")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(
              resideInAPackage("sandpiper.mexc.simulator.."), DescribedPredicate.alwaysTrue());

  @ArchTest
  static final ArchRule theClientOfAnExchangeKnowsTheDomainOnly =
      noClasses()
          .that()
          .resideInAPackage("sandpiper.mexc.client..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("sandpiper..")
                  .and(
                      DescribedPredicate.not(
                          resideInAnyPackage("sandpiper.domain..", "sandpiper.mexc.."))));

  @ArchTest
  static final ArchRule addressesStandInTheCatalogueOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages("sandpiper.bus..", "sandpiper.gateway..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              io.vertx.core.eventbus.EventBus.class, io.vertx.core.eventbus.MessageConsumer.class);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "feeds",
        "indicators",
        "strategies",
        "orders",
        "persistence",
        "sessions",
        "gateway"
      })
  void theClassPathOfAVerticleHasNoOther(String verticle) throws IOException {
    var modules = modulesOf(verticle);
    assertThat(modules)
        .contains("bus")
        .doesNotContainAnyElementsOf(
            VERTICLES.stream().filter(other -> !other.equals(verticle)).toList())
        .doesNotContain("app");
  }

  @Test
  void theDomainDependsOnNoModule() throws IOException {
    assertThat(modulesOf("domain")).containsExactly("testkit");
  }

  /// What pretends to be an exchange must not be there when real money is traded.
  @Test
  void theSimulatedExchangeIsOnNoClassPathOfThePlatform() throws IOException {
    for (var verticle : VERTICLES) {
      assertThat(modulesOf(verticle)).doesNotContain("mexc-simulator");
    }
    assertThat(modulesOf("mexc")).containsExactly("domain");
    assertThat(modulesOf("mexc-simulator"))
        .containsExactlyInAnyOrder("mexc", "domain", "feeds", "testkit");
    var app = Files.readString(SharedData.home().resolve("verticles/app/pom.xml"));
    assertThat(app)
        .containsOnlyOnce("sandpiper-mexc-simulator")
        .contains("<artifactId>sandpiper-mexc-simulator</artifactId><scope>test</scope>");
  }

  private static List<String> modulesOf(String module) throws IOException {
    var pom = Files.readString(SharedData.home().resolve("verticles/" + module + "/pom.xml"));
    var dependencies = pom.substring(pom.indexOf("<dependencies>"));
    return Pattern.compile("<artifactId>sandpiper-([a-z-]+)</artifactId>")
        .matcher(dependencies)
        .results()
        .map(result -> result.group(1))
        .distinct()
        .toList();
  }
}
