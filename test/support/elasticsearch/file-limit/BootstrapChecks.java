// Takes the place of the class of the same name in Elasticsearch; elasticsearch-file-limit.ts says why.
package org.elasticsearch.bootstrap;

import org.elasticsearch.common.ReferenceDocs;

class BootstrapChecks {
  static class FileDescriptorCheck implements BootstrapCheck {
    public BootstrapCheckResult check(BootstrapContext context) {
      return BootstrapCheckResult.success();
    }

    public ReferenceDocs referenceDocs() {
      return ReferenceDocs.BOOTSTRAP_CHECK_FILE_DESCRIPTOR;
    }
  }
}
