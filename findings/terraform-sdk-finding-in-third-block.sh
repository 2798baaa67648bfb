#!/usr/bin/env bash
# terraform-plugin-sdk v2.40.1: a finding about an argument that lies three blocks deep names a neighbour as its place. The
# paths of neighbours share one array there, so the last one visited, in the random order of a map, writes its name over the
# others. Terraform then points at an argument that is right, also in `terraform validate -json`. The message is that of the
# argument that is wrong, and many validators put its name into it.
# Expected: whatever the depth, the path of a finding ends with the argument that was refused.
# Seen: one block deep: wrong named 40 of 40 times
#       two blocks deep: wrong named 40 of 40 times
#       three blocks deep: wrong named fewer than 40 of 40 times
#       three blocks deep: another argument named
# Needs go on PATH.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
export GOFLAGS=-mod=mod GOWORK=off
go mod init example.org/ask >/dev/null 2>&1
go get github.com/hashicorp/terraform-plugin-sdk/v2@v2.40.1 github.com/hashicorp/terraform-plugin-go@v0.31.0 >/dev/null 2>&1
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

func leaves() map[string]*schema.Schema {
	refuse := func(any, string) ([]string, []error) { return nil, []error{fmt.Errorf("refused")} }
	fields := map[string]*schema.Schema{"wrong": {Type: schema.TypeString, Optional: true, ValidateFunc: refuse}}
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		fields[name] = &schema.Schema{Type: schema.TypeString, Optional: true}
	}
	return fields
}

func nested(fields map[string]*schema.Schema, depth int) map[string]*schema.Schema {
	for ; depth > 0; depth-- {
		inner := fields
		fields = map[string]*schema.Schema{"block": {Type: schema.TypeList, Optional: true, Elem: &schema.Resource{Schema: inner}}}
	}
	return fields
}

func value(kind tftypes.Type) tftypes.Value {
	if list, ok := kind.(tftypes.List); ok {
		return tftypes.NewValue(kind, []tftypes.Value{value(list.ElementType)})
	}
	if object, ok := kind.(tftypes.Object); ok {
		all := map[string]tftypes.Value{}
		for name, inner := range object.AttributeTypes {
			all[name] = value(inner)
		}
		return tftypes.NewValue(kind, all)
	}
	return tftypes.NewValue(kind, "x")
}

func main() {
	ctx := context.Background()
	words := []string{"", "one block", "two blocks", "three blocks"}
	for depth := 1; depth <= 3; depth++ {
		provider := &schema.Provider{ResourcesMap: map[string]*schema.Resource{"shelf_box": {Schema: nested(leaves(), depth)}}}
		server := schema.NewGRPCProviderServer(provider)
		known, _ := server.GetProviderSchema(ctx, &tfprotov5.GetProviderSchemaRequest{})
		kind := known.ResourceSchemas["shelf_box"].ValueType()
		config, err := tfprotov5.NewDynamicValue(kind, value(kind))
		if err != nil {
			panic(err)
		}
		right, total, others := 0, 40, 0
		for i := 0; i < total; i++ {
			answer, err := server.ValidateResourceTypeConfig(ctx, &tfprotov5.ValidateResourceTypeConfigRequest{TypeName: "shelf_box", Config: &config})
			if err != nil {
				panic(err)
			}
			for _, finding := range answer.Diagnostics {
				if finding.Summary != "refused" {
					continue
				}
				steps := finding.Attribute.Steps()
				if steps[len(steps)-1] == tftypes.AttributeName("wrong") {
					right++
				} else {
					others++
				}
			}
		}
		if right == total {
			fmt.Printf("%s deep: wrong named %d of %d times\n", words[depth], right, total)
		} else {
			fmt.Printf("%s deep: wrong named fewer than %d of %d times\n", words[depth], total, total)
		}
		if others > 0 {
			fmt.Printf("%s deep: another argument named\n", words[depth])
		}
	}
}
GO
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
[ "$seen" = 'one block deep: wrong named 40 of 40 times
two blocks deep: wrong named 40 of 40 times
three blocks deep: wrong named fewer than 40 of 40 times
three blocks deep: another argument named' ]
