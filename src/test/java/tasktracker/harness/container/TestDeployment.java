package tasktracker.harness.container;

import java.io.File;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import tasktracker.harness.ProjectPaths;

/**
 * What is deployed for a test inside the server: the WAR that Maven packaged, and the test. Only the library that runs
 * models stays behind and is shared by the server, because packing and unpacking its 90 MB takes longer than the tests.
 */
public final class TestDeployment {
  static final String HEAVY = "onnxruntime-";
  private static final String SERVLET = """
        <filter><filter-name>runner</filter-name><filter-class>%s</filter-class></filter>
        <filter-mapping><filter-name>runner</filter-name><url-pattern>/*</url-pattern></filter-mapping>
        <servlet>
          <servlet-name>arquillian</servlet-name>
          <servlet-class>org.jboss.arquillian.protocol.servlet5.runner.ServletTestRunner</servlet-class>
        </servlet>
        <servlet-mapping><servlet-name>arquillian</servlet-name><url-pattern>%s</url-pattern></servlet-mapping>
      """;

  private TestDeployment() {}

  /** The whole product with these test classes beside its own. */
  public static WebArchive with(Class<?>... tests) {
    var product = ShrinkWrap.create(ZipImporter.class, nameFor(tests))
        .importFrom(ProjectPaths.target("task-tracker.war").toFile()).as(WebArchive.class);
    product.getContent(path -> path.get().startsWith("/WEB-INF/lib/" + HEAVY)).keySet().forEach(product::delete);
    return product.setWebXML(webXml()).addClasses(tests).addClass(RunnerFilter.class).addAsLibrary(assertJ());
  }

  /** The product's, with Arquillian's servlet and the way to it, so that here too no library is searched for any. */
  private static StringAsset webXml() {
    String ours = ProjectPaths.text(ProjectPaths.root().resolve("src/main/webapp/WEB-INF/web.xml"));
    String more = SERVLET.formatted(RunnerFilter.class.getName(), RunnerFilter.RUNNER);
    String theirs = ours.replace("<absolute-ordering/>", "<absolute-ordering/>" + more);
    Assertions.assertThat(theirs).isNotEqualTo(ours);
    return new StringAsset(theirs);
  }

  /** Each its own: the server keeps what it read of an archive for a while, and would find one test's in the next. */
  private static String nameFor(Class<?>... tests) {
    return "task-tracker-" + tests[0].getSimpleName() + ".war";
  }

  private static File assertJ() {
    return new File(Assertions.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }
}
