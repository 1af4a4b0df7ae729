// Reads Grafana boards by the types that Grafana's Go SDK generates from its schema. Prints a line for each fault: a field that the
// schema lacks, or a value of another type.
package main

import (
	"fmt"
	"os"

	// The panels and queries of boards, which register themselves.
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

func main() {
	plugins.RegisterDefaultPlugins()
	faults := 0
	for _, file := range os.Args[1:] {
		text, err := os.ReadFile(file)
		board := dashboard.Dashboard{}
		if err == nil {
			err = board.UnmarshalJSONStrict(text)
		}
		if err == nil || err.Error() == "" { // an empty list of faults is also an error
			err = board.Validate()
		}
		if err != nil && err.Error() != "" {
			faults++
			fmt.Printf("%s: %s\n", file, err)
		}
	}
	if faults > 0 {
		os.Exit(1)
	}
}
