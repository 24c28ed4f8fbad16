publisherSearch("about",{"entries":64,"files":1,"kinds":["企业","指标","评价","通报公告","提问和答复","企业说明","说明页"]});
